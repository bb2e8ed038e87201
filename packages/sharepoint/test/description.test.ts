import { sampleDocument } from '@spotdraft-archive/testkit';
import { expect, it } from 'vitest';
import { graphDescription } from './graph-description.ts';
import { libraryHarness, libraryOn } from './library-harness.ts';

it.skipIf(graphDescription() === undefined)(
  'speaks in the types that Microsoft describes, both ways, labels included (skipped without ../shared/reference)',
  async () => {
    const { emulator, cleanup } = await libraryHarness();
    const destination = libraryOn(emulator, { retentionLabel: 'Contracts', lockRecords: true });
    await destination.check();
    for (const size of [3_000, 700_000]) {
      const document = sampleDocument(destination, { size });
      const { copy } = await destination.put(document);
      await destination.put(document);
      await destination.find({ key: document.key });
      await destination.stat(copy.id);
    }
    expect(emulator.violations).toEqual([]);
    await cleanup?.();
  },
);
