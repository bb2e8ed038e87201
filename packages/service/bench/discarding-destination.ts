import type { StorageDestination } from '@spotdraft-archive/core';
import { type DestinationCapabilities, type DocumentPath, type StoredCopy, sha256 } from '@spotdraft-archive/core/destination';

/** A store that reads what it is given and keeps nothing, so that only the archive's own work is measured. */
export function discardingDestination(): StorageDestination {
  return {
    provider: 'discarding',
    capabilities,
    check: async () => ({ ok: true, findings: [] }),
    async put(document) {
      const { key, path, size, hash } = document;
      for await (const _bytes of document.open()) continue;
      return { copy: copyOf({ id: key, path, size, hash }), outcome: 'stored' };
    },
    find: async () => undefined,
    stat: async (id) => copyOf({ id, size: documentSize, hash: documentHash }),
    open: async () => new ReadableStream({ start: (controller) => controller.close() }),
  };
}

/** What every copy of the filled ledger has. */
export const documentHash: string = 'f'.repeat(64);
export const documentSize: number = 60_000;

function copyOf(copy: { readonly id: string; readonly path?: DocumentPath; readonly size: number; readonly hash: string }): StoredCopy {
  return copy;
}

const capabilities: DestinationCapabilities = {
  keyLookup: 'path-only',
  atomicCreate: 'by-path',
  duplicatePaths: false,
  resumableFromBytes: false,
  hash: sha256,
  maxBytes: 2 ** 31,
  naming: {
    forbiddenCharacters: '',
    reservedNames: ['.', '..'],
    forbiddenPrefixes: [],
    forbiddenFragments: [],
    forbiddenEndings: '',
    supportsAstralCharacters: true,
    maxNameLength: 255,
    maxPathLength: 1_000,
    lengthUnit: 'code-points',
    caseSensitive: true,
  },
  altersMediaTypes: [],
  metadata: 'native',
  properties: { maxCount: 100, maxValueBytes: 1_000 },
  sources: {},
};
