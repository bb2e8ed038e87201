import { runQuietly } from '../toolchain/run-quietly.mjs';
import { checkArrows } from './arrows/check-arrows.ts';
import { checkLinks } from './links/check-links.ts';
import { packedSteps } from './packed/packed-steps.ts';
import { checkSnippets } from './snippets/check-snippets.ts';
import type { Step } from './step.ts';
import { checkTables } from './tables/check-tables.ts';

/** Every check of the repository, in the order in which they start. */
export function allSteps(repository: string): Step[] {
  const tool = (name: string, command: readonly [string, ...string[]]): Step => ({
    name,
    run: async () => {
      await runQuietly(command, { folder: repository });
      return undefined;
    },
  });
  return [
    tool('build', ['turbo', 'run', 'build', '--continue', '--output-logs=errors-only']),
    tool('types', ['tsc', '--pretty', 'false', '-p', 'tsconfig.json']),
    tool('format', ['biome', 'check', '--error-on-warnings', '.']),
    tool('lint', ['oxlint', '--deny-warnings', '--format=unix']),
    tool('unused', ['knip', '--no-config-hints']),
    // Without exports: an export that only a unit test uses is fine. A file or dependency that only tests use is not.
    tool('unused in production', [
      'knip',
      '--no-config-hints',
      '--production',
      '--strict',
      '--include',
      'files,dependencies,unlisted,unresolved',
    ]),
    { name: 'arrows', run: () => checkArrows(repository) },
    { name: 'links', run: () => checkLinks(repository) },
    { name: 'tables', run: () => checkTables(repository) },
    { name: 'snippets', run: () => checkSnippets(repository) },
    ...packedSteps(repository),
  ];
}
