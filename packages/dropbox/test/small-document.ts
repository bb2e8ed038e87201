import type { DocumentToStore, StorageDestination } from '@spotdraft-archive/core/destination';
import { type SampleOptions, sampleDocument } from '@spotdraft-archive/testkit';

let count = 0;

/** A document of its own at the root, for tests that care about requests rather than paths. */
export function documentFor(destination: StorageDestination, options: SampleOptions = {}): DocumentToStore {
  count += 1;
  return sampleDocument(destination, { path: { folders: ['Sales'], name: `Agreement ${count}.pdf` }, ...options });
}
