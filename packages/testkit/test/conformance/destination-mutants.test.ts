import { describe, expect, it } from 'vitest';
import type { DestinationCase } from '../../src/conformance/destination-case.ts';
import { destinationCases } from '../../src/conformance/destination-cases.ts';
import type { DestinationHarness } from '../../src/conformance/destination-harness.ts';
import { runCase } from '../../src/conformance/run-case.ts';
import { failureMutants } from './failure-mutants.ts';
import { lookUpMutants } from './lookup-mutants.ts';
import { memoryHarness } from './memory-harness.ts';
import type { Mutant } from './mutation.ts';
import { putMutants } from './put-mutants.ts';

describe('the conformance suite finds a destination out', () => {
  it.each([...putMutants, ...failureMutants, ...lookUpMutants])('when $title', async (mutant) => {
    const cases = destinationCases.filter(({ title }) => title.includes(mutant.caughtBy));
    expect(await failuresOf(cases, mutant)).not.toEqual([]);
  });

  it('and has nothing to say about one that is right', async () => {
    expect(await failuresOf(destinationCases, { mutate: (destination) => destination })).toEqual([]);
  });
});

type Change = Pick<Mutant, 'capabilities' | 'mutate'>;

async function failuresOf(cases: readonly DestinationCase[], change: Change): Promise<string[]> {
  const failures: string[] = [];
  for (const each of cases) {
    const result = await runCase(each, () => mutantHarness(change));
    if (result.outcome === 'failed') failures.push(result.title);
  }
  return failures;
}

function mutantHarness({ capabilities, mutate }: Change): DestinationHarness {
  const harness = memoryHarness({ capabilities: { resumableFromBytes: 100_000, ...capabilities } });
  return {
    ...harness,
    largeDocumentBytes: 350_000,
    maxReadAheadBytes: 200_000,
    destination: mutate(harness.destination),
    second: async () => mutate((await harness.second?.()) ?? harness.destination),
  };
}
