import assert from 'node:assert/strict';
import { ArchiveError, type PutResult } from '@spotdraft-archive/core/destination';
import { keepCheckpoint } from '../checkpoint-keeper.ts';
import type { DestinationCase } from '../destination-case.ts';
import { assertHolds, assertSingleCopy, findStored } from '../observe-store.ts';
import { createsById, createsByPath, hook } from '../requirements.ts';
import { sampleDocument } from '../sample-document.ts';

/** Several puts at once. */
export const concurrencyCases: readonly DestinationCase[] = [
  {
    title: 'two processes that put one key at once end with one copy',
    needs: [createsByPath],
    async run(harness) {
      const document = sampleDocument(harness.destination, { size: 200_000 });
      const processes = [harness.destination, (await harness.second?.()) ?? harness.destination];
      const results = await Promise.allSettled(processes.map((destination) => destination.put(document)));
      const ids = results.map(idOrRetry).filter((id) => id !== undefined);
      assert.equal(new Set(ids).size, 1, 'Not one copy.');
      const repeated = await harness.destination.put(document);
      assert.equal(repeated.outcome, 'adopted');
      await assertSingleCopy(harness, document);
    },
  },
  {
    title: 'two processes that put one key at once with one pre-made id end with one copy',
    needs: [createsById],
    async run(harness) {
      const document = sampleDocument(harness.destination, { size: 200_000 });
      const other = (await harness.second?.()) ?? harness.destination;
      let rival: Promise<PromiseSettledResult<PutResult>[]> | undefined;
      const keeper = keepCheckpoint((checkpoint) => {
        rival ??= Promise.allSettled([other.put(document, { checkpoint, saveCheckpoint: async () => {} })]);
      });
      const first = await Promise.allSettled([harness.destination.put(document, keeper.options())]);
      assert.ok(rival, 'Nothing was saved before the copy was created.');
      const ids = [...first, ...(await rival)].map(idOrRetry).filter((id) => id !== undefined);
      assert.equal(new Set(ids).size, 1, 'Not one copy.');
      await assertSingleCopy(harness, document);
    },
  },
  {
    title: 'of two keys that are put to one path at once, one is stored and the other meets a conflict',
    needs: [createsByPath],
    async run(harness) {
      const first = sampleDocument(harness.destination);
      const second = sampleDocument(harness.destination, { path: first.path, seed: first.seed });
      const other = (await harness.second?.()) ?? harness.destination;
      const results = await Promise.allSettled([harness.destination.put(first), other.put(second)]);
      const winners = [first, second].filter((_document, index) => results[index]?.status === 'fulfilled');
      assert.equal(winners.length, 1, `${winners.length} keys were stored at one path.`);
      for (const result of results) {
        if (result.status === 'rejected') assert.ok(isConflictOrRetry(result.reason), String(result.reason));
      }
      for (const winner of winners) await assertSingleCopy(harness, winner);
    },
  },
  {
    title: 'ten keys that are put into one new folder at once are ten copies',
    async run(harness) {
      const { destination } = harness;
      const { folders } = sampleDocument(destination).path;
      const documents = tenNames.map((name) => sampleDocument(destination, { path: { folders, name } }));
      await Promise.all(documents.map((document) => destination.put(document)));
      for (const document of documents) {
        const copy = await findStored(harness, { key: document.key, path: document.path });
        await assertHolds(destination, copy, document);
      }
    },
  },
  {
    title: 'ten keys that are put into one new folder at once by two processes make one folder',
    needs: [hook('listFolders')],
    async run(harness) {
      const { folders } = sampleDocument(harness.destination).path;
      const processes = [harness.destination, (await harness.second?.()) ?? harness.destination];
      await Promise.all(
        tenNames.map((name, index) => {
          const destination = processes[index % 2] ?? harness.destination;
          return destination.put(sampleDocument(destination, { path: { folders, name } }));
        }),
      );
      const made = (await harness.listFolders?.()) ?? [];
      const same = made.filter((folder) => JSON.stringify(folder) === JSON.stringify(folders));
      assert.equal(same.length, 1, `There are ${same.length} folders of one name.`);
    },
  },
];

const tenNames = Array.from({ length: 10 }, (_, index) => `Agreement ${index}.pdf`);

/** The copy's id; nothing when the store was busy with the other request and asks to come again. */
function idOrRetry(result: PromiseSettledResult<PutResult>): string | undefined {
  if (result.status === 'fulfilled') return result.value.copy.id;
  if (ArchiveError.isInstance(result.reason) && result.reason.recovery === 'retry') return undefined;
  throw result.reason;
}

function isConflictOrRetry(error: unknown): boolean {
  return ArchiveError.isInstance(error) && (error.code === 'destination.conflict' || error.recovery === 'retry');
}
