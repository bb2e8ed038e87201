// Runs a command with a PostgreSQL server in DATABASE_URL: `node scripts/with-postgres.ts node program.ts`. Its exit code is the command's.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { providePostgres } from './postgres/provide-postgres.ts';

const [command, ...commandArguments] = process.argv.slice(2);
if (command === undefined) throw new Error('Name a command to run: node scripts/with-postgres.ts node program.ts');

const stop = await providePostgres();
try {
  const child = spawn(command, commandArguments, { stdio: 'inherit' });
  const [code] = await once(child, 'close');
  process.exitCode = code ?? 1;
} finally {
  await stop();
}
