import { type Ledger, memoryLedger } from '@spotdraft-archive/core';
import { describe, expect, it } from 'vitest';
import { ledgerCases } from '../../src/conformance/ledger-cases.ts';
import { runCase } from '../../src/conformance/run-case.ts';

interface LedgerMutant {
  /** What is wrong with it. */
  readonly title: string;
  /** Part of the title of the cases that have to notice. */
  readonly caughtBy: string;
  mutate(ledger: Ledger): Ledger;
}

const mutants: readonly LedgerMutant[] = [
  {
    title: 'attempts are not fenced',
    caughtBy: 'every write of the earlier one is refused',
    mutate: (ledger) => ({ ...ledger, recordFailure: (attempt, failure) => ledger.recordFailure(attempt, failure).catch(() => {}) }),
  },
  {
    title: 'all destinations share one count',
    caughtBy: 'counted for each key and destination apart',
    mutate: (ledger) => ({ ...ledger, beginAttempt: ({ key }) => ledger.beginAttempt({ key, destination: 'drive' }) }),
  },
  {
    title: 'an intent throws the checkpoint away',
    caughtBy: 'keep the checkpoint',
    mutate: (ledger) => ({
      ...ledger,
      async recordIntent(attempt, intent) {
        await ledger.recordIntent(attempt, intent);
        await ledger.saveCheckpoint(attempt, null);
      },
    }),
  },
  {
    title: 'a receipt keeps the checkpoint',
    caughtBy: 'makes the checkpoint forgotten',
    mutate(ledger) {
      let latest: unknown;
      return {
        ...ledger,
        async saveCheckpoint(attempt, checkpoint) {
          latest = checkpoint;
          await ledger.saveCheckpoint(attempt, checkpoint);
        },
        async recordReceipt(attempt, receipt) {
          await ledger.recordReceipt(attempt, receipt);
          await ledger.saveCheckpoint(attempt, latest as string);
        },
      };
    },
  },
  {
    title: 'a row shows the checkpoint',
    caughtBy: 'a row holds no checkpoint',
    mutate(ledger) {
      let latest: unknown;
      return {
        ...ledger,
        async saveCheckpoint(attempt, checkpoint) {
          latest = checkpoint;
          await ledger.saveCheckpoint(attempt, checkpoint);
        },
        async find(entry) {
          const record = await ledger.find(entry);
          return record && { ...record, checkpoint: latest };
        },
      };
    },
  },
  {
    title: 'rows come in any order',
    caughtBy: 'sorted by key and destination',
    mutate: (ledger) => ({ ...ledger, list: async (contractId) => (await ledger.list(contractId)).toReversed() }),
  },
  {
    title: 'a failure outlives the next attempt',
    caughtBy: 'a failure disappears',
    mutate: (ledger) => ({
      ...ledger,
      async beginAttempt(entry) {
        const failure = (await ledger.find(entry))?.failure;
        const attempt = await ledger.beginAttempt(entry);
        if (failure) await ledger.recordFailure(attempt, failure);
        return attempt;
      },
    }),
  },
  {
    title: 'attempts that begin at once share a number',
    caughtBy: 'attempts that begin at once',
    mutate(ledger) {
      let running: ReturnType<Ledger['beginAttempt']> | undefined;
      return {
        ...ledger,
        beginAttempt(entry) {
          running ??= ledger.beginAttempt(entry).finally(() => {
            running = undefined;
          });
          return running;
        },
      };
    },
  },
];

describe('the ledger suite finds a ledger out', () => {
  it.each(mutants)('when $title', async (mutant) => {
    const results = await Promise.all(
      ledgerCases
        .filter(({ title }) => title.includes(mutant.caughtBy))
        .map((each) => runCase(each, () => ({ ledger: mutant.mutate(memoryLedger()) }))),
    );
    expect(results.filter(({ outcome }) => outcome === 'failed')).not.toEqual([]);
  });
});
