import { DestinationError, type DocumentToStore } from '@spotdraft-archive/core/destination';
import { type Mutant, withOptions } from './mutation.ts';

const emptyDocument: DocumentToStore = {
  key: 'probe',
  path: { folders: [], name: 'probe' },
  mediaType: 'text/plain',
  size: 0,
  sha256: '',
  hash: '',
  properties: {},
  open: () => new Blob([]).stream(),
};

/** Wrong in find, stat, open, check or capabilities. */
export const lookUpMutants: readonly Mutant[] = [
  {
    title: 'find never finds',
    caughtBy: 'found by its key',
    mutate: (destination) => ({ ...destination, find: async () => undefined }),
  },
  {
    title: 'find takes a failure for absence',
    caughtBy: 'never an absence',
    mutate: (destination) => ({
      ...destination,
      find: (query) => destination.find(query).catch(() => undefined),
    }),
  },
  {
    title: 'find answers with any copy at the path',
    caughtBy: 'another key is not an answer',
    mutate: (destination) => ({
      ...destination,
      async find(query, options) {
        const found = await destination.find(query, options);
        if (found || !query.path) return found;
        const probe = { ...emptyDocument, path: query.path };
        const conflict = await destination.put(probe).catch((error: unknown) => error);
        return conflict instanceof DestinationError ? destination.stat(String(conflict.details.existingId)) : undefined;
      },
    }),
  },
  {
    title: 'twins are hidden',
    caughtBy: 'twins that attempts without memory made',
    capabilities: { atomicCreate: 'by-id', duplicatePaths: true },
    mutate: (destination) => ({
      ...destination,
      async find(query, options) {
        const copy = await destination.find(query, options);
        return copy && { ...copy, twins: undefined };
      },
    }),
  },
  {
    title: 'a second process makes an id of its own',
    caughtBy: 'with one pre-made id',
    capabilities: { atomicCreate: 'by-id', duplicatePaths: true },
    mutate: withOptions((options) => ({ ...options, checkpoint: undefined })),
  },
  {
    title: 'stat throws when a copy is absent',
    caughtBy: 'removed is absent',
    mutate: (destination) => ({
      ...destination,
      async stat(id, options) {
        const copy = await destination.stat(id, options);
        if (!copy) throw new Error('404');
        return copy;
      },
    }),
  },
  {
    title: 'a signal reaches put only',
    caughtBy: 'stops with the reason',
    mutate: (destination) => ({
      ...destination,
      stat: (id) => destination.stat(id),
      open: (id, options) => destination.open(id, { offset: options?.offset }),
    }),
  },
  {
    title: 'open forgets the offset',
    caughtBy: 'from any byte',
    mutate: (destination) => ({
      ...destination,
      open: (id, options) => destination.open(id, { signal: options?.signal }),
    }),
  },
  {
    title: 'check writes a file that stays',
    caughtBy: 'check leaves no file',
    mutate: (destination) => ({
      ...destination,
      async check(options) {
        await destination.put(emptyDocument);
        return destination.check(options);
      },
    }),
  },
  {
    title: 'capabilities promise an impossible mixture',
    caughtBy: 'do not contradict',
    mutate: (destination) => ({
      ...destination,
      capabilities: { ...destination.capabilities, duplicatePaths: true },
    }),
  },
];
