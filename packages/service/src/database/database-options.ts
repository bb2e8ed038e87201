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
