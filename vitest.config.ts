import { existsSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';

/** Projects whose tests use a PostgreSQL server. */
const withPostgres: ReadonlySet<string> = new Set(['packages/service', 'examples/lambda-queue', 'examples/two-workers']);

/** Projects whose test files may share a process and what it has loaded: each test has an emulator of its own, and nothing else is changed. */
const sharesProcess: ReadonlySet<string> = new Set([
  'examples/webhooks',
  'packages/box',
  'packages/core',
  'packages/dropbox',
  'packages/filesystem',
  'packages/google-drive',
  'packages/onedrive',
  'packages/service',
  'packages/sharepoint',
  'packages/testkit',
]);

/** Projects whose tests load modules anew, which only vite's own loader can do. */
const loadsAnew: ReadonlySet<string> = new Set(['examples/lambda-queue']);

/** Tests run on the packages' TypeScript source, so no build comes first. */
const sourceCondition = '@spotdraft-archive/source';

// A project is written out for each folder because a bare folder name would not inherit the source condition from this file.
function projectsIn(parent: string): TestProjectInlineConfiguration[] {
  const folders = existsSync(parent) ? readdirSync(parent, { withFileTypes: true }).filter((entry) => entry.isDirectory()) : [];
  return folders.map((folder) => {
    const name = `${parent}/${folder.name}`;
    const globalSetup = withPostgres.has(name) ? [join(import.meta.dirname, 'scripts/postgres/provide-postgres.ts')] : [];
    const experimental = { viteModuleRunner: loadsAnew.has(name) };
    return { extends: true, test: { name, root: name, globalSetup, isolate: !sharesProcess.has(name), experimental } };
  });
}

export default defineConfig({
  // Packages are resolved as Node does it, and not as a bundler would: some ship modules that only bundlers can load.
  ssr: { resolve: { conditions: [sourceCondition, 'node', 'development|production'], mainFields: [] } },
  test: {
    projects: [
      ...projectsIn('packages'),
      ...projectsIn('examples'),
      { extends: true, test: { name: 'scripts', root: 'scripts', isolate: false } },
    ],
    include: ['**/*.test.ts'],
    environment: 'node',
    // Node runs the source as it is. vite would transform it anew for each project, and keep what it loads out of the compile cache.
    experimental: { viteModuleRunner: false },
    // Processes rather than threads: tests change the umask, raise signals and measure memory.
    pool: 'forks',
    // By itself vitest leaves one core free, which on two cores means one file after the other. Many tests wait for disks, sockets and leases.
    maxWorkers: availableParallelism() + 1,
    // Sweeps repeat one operation once for each of its requests. This is what the longest needs when the machine has much else to do.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Polling ends when it is so; a machine that has much else to do may take long.
    expect: { poll: { timeout: 20_000, interval: 10 } },
    restoreMocks: true,
    unstubEnvs: true,
    unstubGlobals: true,
  },
});
