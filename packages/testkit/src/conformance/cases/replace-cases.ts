import assert from 'node:assert/strict';
import { NotApplicable } from '../conformance-case.ts';
import type { DestinationCase } from '../destination-case.ts';
import { assertSingleCopy, queryFor } from '../observe-store.ts';
import { archiveErrorOf } from '../rejection.ts';
import { hook, uniquePaths } from '../requirements.ts';
import { largeSize, sampleDocument, samplePath } from '../sample-document.ts';

/** Writing over what is there, knowingly. */
export const replaceCases: readonly DestinationCase[] = [
  ...(['small', 'large'] as const).map<DestinationCase>((kind) => ({
    title: `replace writes a ${kind} document over the copy it names, and one copy remains`,
    async run(harness) {
      const { destination } = harness;
      const old = sampleDocument(destination);
      const { copy } = await destination.put(old);
      const size = kind === 'large' ? largeSize(harness) : old.size + 1;
      const fresh = sampleDocument(destination, { key: old.key, path: old.path, size });
      const replaces = { id: copy.id, revision: copy.revision };
      const result = await destination.put(fresh, { ifExists: 'replace', replaces });
      assert.equal(result.outcome, 'stored');
      assert.equal(result.copy.size, fresh.size);
      await assertSingleCopy(harness, fresh);
    },
  })),
  {
    title: 'replace without naming a copy writes over whatever lies at the path',
    needs: [uniquePaths],
    async run(harness) {
      const { destination } = harness;
      const old = sampleDocument(destination);
      await destination.put(old);
      const fresh = sampleDocument(destination, { path: old.path });
      await destination.put(fresh, { ifExists: 'replace' });
      await assertSingleCopy(harness, fresh);
      await harness.settle?.();
      assert.equal(await destination.find(queryFor(old, destination)), undefined, 'The replaced key is still found.');
    },
  },
  {
    title: 'replace stores the document when nothing lies at the path',
    async run(harness) {
      const document = sampleDocument(harness.destination);
      const { outcome } = await harness.destination.put(document, { ifExists: 'replace' });
      assert.equal(outcome, 'stored');
      await assertSingleCopy(harness, document);
    },
  },
  {
    title: 'replace of a named copy leaves another copy alone that lies at the path',
    needs: [uniquePaths],
    async run(harness) {
      const { destination } = harness;
      const named = await destination.put(sampleDocument(destination));
      const bystander = sampleDocument(destination);
      await destination.put(bystander);
      const fresh = sampleDocument(destination, { path: bystander.path });
      const error = await archiveErrorOf(destination.put(fresh, { ifExists: 'replace', replaces: { id: named.copy.id } }));
      assert.equal(error.code, 'destination.conflict');
      await assertSingleCopy(harness, bystander);
    },
  },
  {
    title: 'replace of an outdated revision is a conflict',
    async run(harness) {
      const { destination } = harness;
      const first = sampleDocument(destination);
      const { copy } = await destination.put(first);
      if (copy.revision === undefined) throw new NotApplicable('the store has no revisions');
      const second = sampleDocument(destination, { key: first.key, path: first.path });
      await destination.put(second, { ifExists: 'replace', replaces: { id: copy.id, revision: copy.revision } });
      const third = sampleDocument(destination, { key: first.key, path: first.path });
      const stale = destination.put(third, { ifExists: 'replace', replaces: { id: copy.id, revision: copy.revision } });
      assert.equal((await archiveErrorOf(stale)).code, 'destination.conflict');
      await assertSingleCopy(harness, second);
    },
  },
  {
    title: 'replace follows a copy that was moved',
    needs: [hook('moveCopy')],
    async run(harness) {
      const { destination } = harness;
      const old = sampleDocument(destination);
      const { copy } = await destination.put(old);
      const elsewhere = samplePath('Moved.pdf');
      await harness.moveCopy?.(copy.id, elsewhere);
      const fresh = sampleDocument(destination, { key: old.key, path: old.path });
      await destination.put(fresh, { ifExists: 'replace', replaces: { id: copy.id } });
      await assertSingleCopy(harness, { ...fresh, path: elsewhere });
    },
  },
];
