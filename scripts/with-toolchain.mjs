// Runs a command with a current Node, the pinned pnpm and the installed dependencies: `node scripts/with-toolchain.mjs turbo run build`.
// This file and what it imports are plain JavaScript without dependencies, because an older Node starts them before anything is installed.

import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findNode } from './toolchain/find-node.mjs';
import { findPnpm } from './toolchain/find-pnpm.mjs';
import { installDependencies } from './toolchain/install-dependencies.mjs';
import { prependToPath } from './toolchain/prepend-to-path.mjs';
import { runCommand } from './toolchain/run-command.mjs';
import { withLock } from './toolchain/with-lock.mjs';

const repository = dirname(dirname(fileURLToPath(import.meta.url)));
const [command, ...commandArguments] = process.argv.slice(process.argv[2] === '--' ? 3 : 2);

try {
  if (command === undefined) throw new Error('Name a command to run: node scripts/with-toolchain.mjs turbo run build');
  const environment = await withLock(join(repository, '.toolchain', 'lock'), async () => {
    const tools = [await findNode(repository), await findPnpm(repository)];
    // A build tells nobody that it ran.
    const quiet = { TURBO_TELEMETRY_DISABLED: '1', ...process.env };
    const found = prependToPath(quiet, [...tools, join(repository, 'node_modules', '.bin')]);
    // pnpm is how a changed package.json gets its new lockfile, so it must also run while the two disagree.
    if (command !== 'pnpm') await installDependencies(repository, { environment: found });
    return found;
  });
  await runCommand([command, ...commandArguments], { environment });
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
