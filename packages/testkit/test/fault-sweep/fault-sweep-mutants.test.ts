import { randomUUID } from 'node:crypto';
import type { DocumentToStore } from '@spotdraft-archive/core/destination';
import { describe, expect, it } from 'vitest';
import { faultSweepCases, runCase } from '../../src/index.ts';
import { withDocument, withPut } from '../conformance/mutation.ts';
import { remoteMemory } from './remote-memory.ts';

const cases = faultSweepCases();
const renamed = (document: DocumentToStore, key: string): DocumentToStore => {
  const { folders, name } = document.path;
  return { ...document, key, path: { folders, name: name.replace('.pdf', ` ${key}.pdf`) } };
};

const rememberTooLate: Parameters<typeof withPut>[0] =
  (put) =>
  async (document, options = {}) => {
    const key = typeof options.checkpoint === 'string' ? options.checkpoint : randomUUID();
    try {
      return await put(renamed(document, key), options);
    } catch (error) {
      await options.saveCheckpoint?.(key);
      throw error;
    }
  };

const mutants = [
  {
    title: 'makes another file with each request',
    caughtBy: 'loses its reply',
    because: 'Not exactly one file',
    harness: () => remoteMemory({ store: withDocument((document) => renamed(document, randomUUID())) }),
  },
  {
    title: 'drops the metadata',
    caughtBy: 'answered with 500',
    because: 'The metadata is not there.',
    harness: () => remoteMemory({ store: withDocument((document) => ({ ...document, properties: {} })) }),
  },
  {
    title: 'takes an outage for the end',
    caughtBy: 'answered with 503',
    because: 'is not to be tried again',
    harness: () => remoteMemory({ recovery: 'never' }),
  },
  {
    title: 'writes down what it did only when it has failed, which a dead process cannot',
    caughtBy: 'dies, with its effect',
    because: 'Not exactly one file',
    harness: () => remoteMemory({ client: withPut(rememberTooLate) }),
  },
];

describe('the fault sweep finds a destination out', () => {
  it.each(mutants)('that $title', async ({ caughtBy, because, harness }) => {
    const chosen = cases.filter(({ title }) => title.includes('small') && title.includes(caughtBy));
    expect(chosen).toHaveLength(1);
    for (const each of chosen) {
      const error = { message: expect.stringContaining(because) };
      expect(await runCase(each, harness)).toMatchObject({ outcome: 'failed', error });
    }
  });

  it('and has nothing to say about one that is right, where large uploads do not exist', async () => {
    for (const each of cases) {
      const outcome = each.title.includes('small') ? 'passed' : 'skipped';
      expect(await runCase(each, () => remoteMemory())).toMatchObject({ title: each.title, outcome });
    }
  });
});
