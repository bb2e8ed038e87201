import assert from 'node:assert/strict';
import { ArchiveError } from '@spotdraft-archive/core/destination';
import type { DestinationCase } from '../destination-case.ts';
import { isLegalName, lengthOf } from '../legal-name.ts';
import { assertSingleCopy } from '../observe-store.ts';
import { sampleDocument, samplePath } from '../sample-document.ts';

const awkwardNames = [
  'Vertrag über Äpfel & Öl (Entwurf №7).pdf',
  'O\'Neill, "Trust" 100% #1+2=3 @ $5; {a} [b] ~c^d`e!.pdf',
  '株式会社サンプル 契約書.pdf',
  'اتفاقية-تجريبية.pdf',
  'Emoji 📄🤝.pdf',
  'percent%2Fencoded%20name.pdf',
  'question?mark*star|pipe<less>more:colon.pdf',
  'back\\slash.pdf',
  '..two dots first.pdf',
  '.hidden.pdf',
  '-dash-first.pdf',
  '~tilde first.pdf',
  '  spaces first.pdf',
  'two  spaces   inside.pdf',
  'no extension',
  'many.dots.in.one.name.pdf',
  'CONTRACT.pdf',
  'console.pdf',
  'desktop.pdf',
  'null.pdf',
];

/** Names and folders that the destination's own rules allow. */
export const nameCases: readonly DestinationCase[] = [
  {
    title: 'awkward names that the rules allow are kept as they are',
    async run(harness) {
      const { destination } = harness;
      const { naming } = destination.capabilities;
      const { folders } = samplePath();
      for (const name of awkwardNames.filter((each) => isLegalName(each, naming))) {
        const document = sampleDocument(destination, { path: { folders, name } });
        await destination.put(document);
        await assertSingleCopy(harness, document);
      }
    },
  },
  {
    title: 'awkward folders that the rules allow are kept as they are',
    async run(harness) {
      const { destination } = harness;
      const { naming } = destination.capabilities;
      const folders = awkwardNames.map((name) => name.replace('.pdf', '')).filter((name) => isLegalName(name, naming));
      for (const folder of folders) {
        const { folders: parents, name } = samplePath();
        const document = sampleDocument(destination, { path: { folders: [...parents, folder], name } });
        await destination.put(document);
        await assertSingleCopy(harness, document);
      }
    },
  },
  {
    title: 'a name of the greatest length is kept as it is',
    async run(harness) {
      const { destination } = harness;
      const { maxNameLength, maxPathLength } = destination.capabilities.naming;
      const length = Math.min(maxNameLength, maxPathLength, longestTried);
      const document = sampleDocument(destination, { path: { folders: [], name: `${'n'.repeat(length - 4)}.pdf` } });
      await destination.put(document);
      await assertSingleCopy(harness, document);
    },
  },
  {
    title: 'a path of the greatest length, through many folders, is kept as it is',
    async run(harness) {
      const { destination } = harness;
      const { naming } = destination.capabilities;
      const path = { folders: ['Sales'], name: 'Agreement.pdf' };
      const rest = Math.min(naming.maxPathLength, longestTried) - lengthOf('Sales/Agreement.pdf', naming.lengthUnit);
      const folderLength = Math.min(naming.maxNameLength, 50);
      for (let left = rest; left > 1; ) {
        const taken = Math.min(left, folderLength + 1);
        // A single character that is left over would be a slash without a folder.
        const length = left - taken === 1 ? taken - 1 : taken;
        path.folders.push('d'.repeat(length - 1));
        left -= length;
      }
      const document = sampleDocument(destination, { path });
      await destination.put(document);
      await assertSingleCopy(harness, document);
    },
  },
  {
    title: 'names that differ only in case never overwrite each other',
    async run(harness) {
      const { destination } = harness;
      const { folders } = samplePath();
      const first = sampleDocument(destination, { path: { folders, name: 'Agreement.pdf' } });
      const second = sampleDocument(destination, { path: { folders, name: 'AGREEMENT.pdf' } });
      await destination.put(first);
      try {
        await destination.put(second);
        await assertSingleCopy(harness, second);
      } catch (error) {
        if (!ArchiveError.isInstance(error)) throw error;
        assert.equal(error.code, 'destination.conflict');
        assert.equal(destination.capabilities.naming.caseSensitive, false, 'A store that minds case refuses a name that differs in case.');
      }
      await assertSingleCopy(harness, first);
    },
  },
  {
    title: 'a document lies at the root when its path has no folders',
    async run(harness) {
      const document = sampleDocument(harness.destination, { path: { folders: [], name: 'Agreement.pdf' } });
      await harness.destination.put(document);
      await assertSingleCopy(harness, document);
    },
  },
];

/** Stores without a limit state an enormous one. */
const longestTried = 2_000;
