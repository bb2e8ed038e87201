import { describe, expect, it } from 'vitest';
import type { DestinationCase } from '../../src/conformance/destination-case.ts';
import { destinationCases } from '../../src/conformance/destination-cases.ts';
import type { DestinationHarness } from '../../src/conformance/destination-harness.ts';
import { runCase } from '../../src/conformance/run-case.ts';
import { failureMutants } from './failure-mutants.ts';
import { lookUpMutants } from './lookup-mutants.ts';
import { memoryHarness } from './memory-harness.ts';
import type { Mutation } from './mutation.ts';
import { putMutants } from './put-mutants.ts';

describe('the conformance suite finds a destination out', () => {
  it.each([...putMutants, ...failureMutants, ...lookUpMutants])('when $title', async ({ caughtBy, mutate }) => {
    const cases = destinationCases.filter(({ title }) => title.includes(caughtBy));
    expect(await failuresOf(cases, mutate)).not.toEqual([]);
  });

  it('and has nothing to say about one that is right', async () => {
    expect(await failuresOf(destinationCases, (destination) => destination)).toEqual([]);
  });
});

async function failuresOf(cases: readonly DestinationCase[], mutate: Mutation): Promise<string[]> {
  const failures: string[] = [];
  for (const each of cases) {
    const result = await runCase(each, () => mutantHarness(mutate));
    if (result.outcome === 'failed') failures.push(result.title);
  }
  return failures;
}

function mutantHarness(mutate: Mutation): DestinationHarness {
  const harness = memoryHarness({ capabilities: { resumableFromBytes: 100_000 } });
  return {
    ...harness,
    largeDocumentBytes: 350_000,
    maxReadAheadBytes: 200_000,
    destination: mutate(harness.destination),
    second: async () => mutate((await harness.second?.()) ?? harness.destination),
  };
}
