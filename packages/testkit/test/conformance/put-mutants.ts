import type { DocumentToStore } from '@spotdraft-archive/core/destination';
import { type Mutant, withDocument, withOptions, withPut } from './mutation.ts';

/** Wrong in a put that succeeds. */
export const putMutants: readonly Mutant[] = [
  {
    title: 'the key is lost',
    caughtBy: 'put answers with',
    mutate: withPut((put) => async (document, options) => {
      const { copy, outcome } = await put(document, options);
      return { copy: { ...copy, key: undefined }, outcome };
    }),
  },
  {
    title: 'properties are lost',
    caughtBy: 'put answers with',
    mutate: withDocument((document) => ({ ...document, properties: {} })),
  },
  {
    title: 'the hash is an echo of the request',
    caughtBy: 'not of those which were promised',
    mutate: withPut((put) => async (document, options) => {
      const { copy, outcome } = await put(document, options);
      return { copy: { ...copy, hash: document.hash }, outcome };
    }),
  },
  {
    title: 'the named copy and its revision are not looked at in a replace',
    caughtBy: 'outdated revision',
    mutate: withOptions((options) => ({ ...options, replaces: undefined })),
  },
  {
    title: 'replace refuses',
    caughtBy: 'without naming a copy',
    mutate: withOptions((options) => ({ ...options, ifExists: 'fail' })),
  },
  {
    title: 'a signal is swallowed',
    caughtBy: 'aborted before',
    mutate: withOptions((options) => ({ ...options, signal: undefined })),
  },
  {
    title: 'the checkpoint is forgotten',
    caughtBy: 'goes on from its checkpoint',
    mutate: withOptions((options) => ({ ...options, checkpoint: undefined })),
  },
  {
    title: 'a checkpoint of other bytes is used',
    caughtBy: 'never mixed',
    mutate: withPut((put) => (document, options = {}) => {
      const { checkpoint } = options;
      const matching = checkpoint && { ...(checkpoint as object), sha256: document.sha256 };
      return put(document, { ...options, checkpoint: matching });
    }),
  },
  {
    title: 'a failing saveCheckpoint is ignored',
    caughtBy: 'error of saveCheckpoint',
    mutate: withOptions((options) => ({
      ...options,
      saveCheckpoint: async (checkpoint) => options.saveCheckpoint?.(checkpoint).catch(() => {}),
    })),
  },
  {
    title: 'progress counts down',
    caughtBy: 'progress of a small',
    mutate: withOptions((options, { size }) => ({
      ...options,
      onProgress: ({ bytes }) => options.onProgress?.({ bytes: size - bytes }),
    })),
  },
  {
    title: 'progress is never told',
    caughtBy: 'progress of a small',
    mutate: withOptions((options) => ({ ...options, onProgress: undefined })),
  },
  {
    title: 'the whole document is read into memory first',
    caughtBy: 'no further ahead',
    mutate: withPut((put) => async (document, options) => put(await buffered(document), options)),
  },
  {
    title: 'a source of another length is stored as it comes',
    caughtBy: 'small source',
    mutate: withPut((put) => async (document, options) => put(await trusting(document), options)),
  },
  {
    title: 'names are cut at 200 characters',
    caughtBy: 'name of the greatest length',
    mutate: withDocument(({ path, ...document }) => ({
      ...document,
      path: { folders: path.folders, name: path.name.slice(0, 200) },
    })),
  },
  {
    title: 'names are percent-encoded',
    caughtBy: 'awkward names',
    mutate: withDocument(({ path, ...document }) => ({
      ...document,
      path: { folders: path.folders, name: encodeURIComponent(path.name) },
    })),
  },
  {
    title: 'folders are flattened',
    caughtBy: 'through many folders',
    mutate: withDocument(({ path, ...document }) => ({
      ...document,
      path: { folders: path.folders.slice(0, 2), name: path.name },
    })),
  },
  {
    title: 'two puts at once do not see each other',
    caughtBy: 'to one path at once',
    mutate: (destination) => ({
      ...destination,
      async put(document, options = {}) {
        const known = await destination.find({ key: document.key });
        if (known) return destination.put(document, options);
        await new Promise((resolve) => setTimeout(resolve, 1));
        return destination.put(document, { ...options, ifExists: 'replace' });
      },
    }),
  },
];

/** The document with all its bytes read into memory first. */
async function buffered(document: DocumentToStore, offset = 0): Promise<DocumentToStore> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of document.open(offset)) chunks.push(chunk);
  return { ...document, open: (from = 0) => new Blob([Buffer.concat(chunks).subarray(from)]).stream() };
}

/** Takes whatever bytes come for those that were declared. */
async function trusting(document: DocumentToStore): Promise<DocumentToStore> {
  const chunks: Uint8Array[] = [];
  try {
    for await (const chunk of document.open()) chunks.push(chunk);
  } catch {
    // A careless adapter stores what it has got.
  }
  const bytes = Buffer.concat(chunks);
  return { ...document, size: bytes.byteLength, open: (from = 0) => new Blob([bytes.subarray(from)]).stream() };
}
