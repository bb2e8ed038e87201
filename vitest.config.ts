import { existsSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';

/** Folders whose tests use a PostgreSQL server; for the sake of others none is started. */
const withPostgres: ReadonlySet<string> = new Set(['packages/service', 'examples/lambda-queue', 'examples/two-workers']);

/**
 * Folders whose test files may share processes and what those have loaded: each test has an emulator of its own, and nothing else is changed. They are
 * one project, as processes do not go over from one project to the next, and what they load takes longer than most files.
 */
const sharesProcess: ReadonlySet<string> = new Set([
  'examples/webhooks',
  'packages/box',
  'packages/core',
  'packages/dropbox',
  'packages/filesystem',
  'packages/google-drive',
  'packages/microsoft-graph',
  'packages/onedrive',
  'packages/sharepoint',
  'packages/testkit',
  'scripts',
]);

/** The same, but for the server that they start. */
const sharesProcessApart = 'packages/service';

/** Folders whose tests load modules anew, which only vite's own loader can do. */
const loadsAnew: ReadonlySet<string> = new Set(['examples/lambda-queue']);

/** Tests run on the packages' TypeScript source, so no build comes first. */
const sourceCondition = '@spotdraft-archive/source';

const tests = '**/*.test.ts';

const shared: TestProjectInlineConfiguration = {
  extends: true,
  test: { name: 'shared', isolate: false, include: [...sharesProcess].map((folder) => `${folder}/${tests}`) },
};

// A project is written out for each folder because a bare folder name would not inherit the source condition from this file.
function projectsIn(parent: string): TestProjectInlineConfiguration[] {
  const folders = existsSync(parent) ? readdirSync(parent, { withFileTypes: true }).filter((entry) => entry.isDirectory()) : [];
  const names = folders.map((folder) => `${parent}/${folder.name}`).filter((name) => !sharesProcess.has(name));
  return names.map((name) => {
    const globalSetup = withPostgres.has(name) ? [join(import.meta.dirname, 'scripts/postgres/provide-postgres.ts')] : [];
    const experimental = { viteModuleRunner: loadsAnew.has(name) };
    return { extends: true, test: { name, root: name, globalSetup, isolate: name !== sharesProcessApart, include: [tests], experimental } };
  });
}

export default defineConfig({
  // Packages are resolved as Node does it, and not as a bundler would: some ship modules that only bundlers can load.
  ssr: { resolve: { conditions: [sourceCondition, 'node', 'development|production'], mainFields: [] } },
  test: {
    projects: [shared, ...projectsIn('packages'), ...projectsIn('examples')],
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
