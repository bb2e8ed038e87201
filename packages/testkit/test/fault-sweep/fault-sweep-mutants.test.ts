import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { faultSweepCases, runCase } from '../../src/index.ts';
import { withDocument } from '../conformance/mutation.ts';
import { remoteMemory } from './remote-memory.ts';

const cases = faultSweepCases();
const anew = ({ path: { folders, name } }: { readonly path: { readonly folders: readonly string[]; readonly name: string } }) => ({
  folders,
  name: name.replace('.pdf', ` ${randomUUID()}.pdf`),
});

const mutants = [
  {
    title: 'makes another file with each request',
    caughtBy: 'loses its reply',
    because: 'Not exactly one file',
    harness: () => remoteMemory(withDocument((document) => ({ ...document, key: randomUUID(), path: anew(document) }))),
  },
  {
    title: 'drops the metadata',
    caughtBy: 'answered with 500',
    because: 'The metadata is not there.',
    harness: () => remoteMemory(withDocument((document) => ({ ...document, properties: {} }))),
  },
  {
    title: 'takes an outage for the end',
    caughtBy: 'answered with 503',
    because: 'is not to be tried again',
    harness: () => remoteMemory((destination) => destination, 'never'),
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
      expect(await runCase(each, () => remoteMemory((destination) => destination))).toMatchObject({ title: each.title, outcome });
    }
  });
});
