import { optionError } from '../option-error.ts';

/** One SQLite file for one machine, or a PostgreSQL server for any number of machines. */
export type DatabaseOptions =
  | {
      /** Folder of the file `archive.sqlite`; it is created. Must lie on a local disk: SQLite's locks do not work over network shares. */
      readonly dataDir: string;
      readonly connectionString?: undefined;
    }
  | {
      /** `postgres://user:password@host/database`. PostgreSQL 13 or later. A secret. */
      readonly connectionString: string;
      readonly dataDir?: undefined;
    };

/** Throws `ConfigurationError` when the options name no database, or two. `option` is what the caller calls them. */
export function checkDatabase(database: DatabaseOptions | undefined, option: string): void {
  const remedy = "Pass { dataDir: './data' } for a file on this machine, or { connectionString } of a PostgreSQL server.";
  const { dataDir, connectionString } = database ?? {};
  if (!dataDir && !connectionString) throw optionError(option, remedy);
  if (dataDir && connectionString) throw optionError(option, `${remedy} Not both.`, 'config.invalid_option');
  if (connectionString && !/^postgres(?:ql)?:\/\//.test(connectionString)) {
    throw optionError(`${option}.connectionString`, 'It begins with postgres://.', 'config.invalid_option');
  }
}
