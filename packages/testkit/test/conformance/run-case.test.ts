import { describe, expect, it } from 'vitest';
import { type ConformanceCase, NotApplicable } from '../../src/conformance/conformance-case.ts';
import { destinationCases } from '../../src/conformance/destination-cases.ts';
import { ledgerCases } from '../../src/conformance/ledger-cases.ts';
import { runCase } from '../../src/conformance/run-case.ts';
import { memoryHarness } from './memory-harness.ts';

interface TestHarness {
  readonly cleanup?: () => void;
}

function caseThat(run: () => Promise<void>, needs: ConformanceCase<TestHarness>['needs'] = []): ConformanceCase<TestHarness> {
  return { title: 'a promise', needs, run };
}

describe('runCase', () => {
  it('tells what came of a case, and cleans up each time', async () => {
    const error = new Error('broken');
    const outcomes = [
      [caseThat(async () => {}), { title: 'a promise', outcome: 'passed' }],
      [caseThat(() => Promise.reject(error)), { title: 'a promise', outcome: 'failed', error }],
      [
        caseThat(() => Promise.reject(new NotApplicable('no revisions'))),
        { title: 'a promise', outcome: 'skipped', reason: 'no revisions' },
      ],
      [
        caseThat(() => Promise.reject(error), [{ reason: 'too old', isMet: () => false }]),
        { title: 'a promise', outcome: 'skipped', reason: 'too old' },
      ],
    ] as const;
    let cleaned = 0;
    for (const [each, expected] of outcomes) {
      expect(
        await runCase(each, () => ({
          cleanup() {
            cleaned += 1;
          },
        })),
      ).toEqual(expected);
    }
    expect(cleaned).toBe(outcomes.length);
  });
});

describe('the suites', () => {
  it('have a title of its own for every case', () => {
    for (const cases of [destinationCases, ledgerCases]) {
      const titles = cases.map(({ title }) => title);
      expect(new Set(titles).size).toBe(titles.length);
    }
  });

  it('wait for an index that lags and cannot be told to catch up', async () => {
    const byKey = destinationCases.find(({ title }) => title === 'a copy is found by its key alone');
    if (!byKey) throw new Error('There is no such case.');
    const { settle, ...harness } = memoryHarness({ capabilities: { keyLookup: 'eventual' } });
    const lag = setTimeout(() => void settle?.(), 100);
    expect(await runCase(byKey, () => harness)).toMatchObject({ outcome: 'passed' });
    clearTimeout(lag);
    expect(await runCase(byKey, () => ({ ...harness, lookupLagMs: 0 }))).toMatchObject({ outcome: 'failed' });
  });
});
