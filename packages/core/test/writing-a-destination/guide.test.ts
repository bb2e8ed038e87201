import { readFileSync } from 'node:fs';
import type { DocumentPath } from '@spotdraft-archive/core/destination';
import { describeDestination, describeFaultSweep, type FaultSweepHarness } from '@spotdraft-archive/testkit';
import { expect, it } from 'vitest';
import { shelf } from './shelf.ts';
import { type ShelfEmulator, startShelfEmulator } from './shelf-emulator.ts';

const guide = readFileSync(new URL('../../../../docs/writing-a-destination.md', import.meta.url), 'utf8');

it.each(['shelf.ts', 'tokens.ts'])('the guide shows %s as it is compiled and tested here', (file) => {
  expect(guide).toContain(`\`\`\`ts\n${readFileSync(new URL(file, import.meta.url), 'utf8')}\`\`\``);
});

describeDestination('the adapter of the guide', startHarness);
describeFaultSweep('the adapter of the guide', startHarness);

async function startHarness(): Promise<FaultSweepHarness> {
  const emulator = await startShelfEmulator();
  const restart: FaultSweepHarness['restart'] = (retry) => shelf({ auth: 'token', shelf: 'contracts', baseUrl: emulator.url, retry });
  const second = () => restart({ firstDelayMs: 1, maxTries: 3 });
  const largeDocumentBytes = 2 * 262_144 + 12_345;
  return { emulator, restart, second, destination: second(), largeDocumentBytes, cleanup: () => emulator.stop(), ...hooks(emulator) };
}

function hooks({ store: { files, sessions }, faults }: ShelfEmulator): Partial<FaultSweepHarness> {
  return {
    interrupt: (kind, nth) => (kind === 'refused' ? faults.inject({ kind: 'status', status: 503, nth }) : faults.inject({ kind, nth })),
    listPaths: async () => [...files.values()].map(({ path }) => toPath(path)),
    async writeFile(path, bytes) {
      const id = `by-hand-${files.size}`;
      files.set(id, { id, path: toText(path), card: undefined, bytes: new Uint8Array(bytes) });
    },
    async moveCopy(id, path) {
      const file = files.get(id);
      if (file !== undefined) file.path = toText(path);
    },
    expireUploads: () => sessions.clear(),
    async removeCopy(id) {
      files.delete(id);
    },
  };
}

function toText({ folders, name }: DocumentPath): string {
  return [...folders, name].join('/');
}

function toPath(text: string): DocumentPath {
  const segments = text.split('/');
  return { folders: segments.slice(0, -1), name: segments.at(-1) ?? '' };
}
