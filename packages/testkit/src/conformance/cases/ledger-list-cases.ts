import assert from 'node:assert/strict';
import type { LedgerCase } from '../ledger-case.ts';
import { plain, sampleIntent, sampleReceipt } from '../ledger-samples.ts';

/** All rows of a contract. */
export const ledgerListCases: readonly LedgerCase[] = [
  {
    title: 'a contract that the ledger has never heard of has no rows',
    async run({ ledger }) {
      assert.deepEqual(await ledger.list('T-19589'), []);
    },
  },
  {
    title: 'list tells the rows of one contract that have an intent or a receipt, sorted by key and destination',
    async run({ ledger }) {
      const intended = { key: 'key2', destination: 'box' };
      const stored = { key: 'key1', destination: 'drive' };
      const both = { key: 'key1', destination: 'box' };
      await ledger.recordIntent(await ledger.beginAttempt(intended), sampleIntent(intended));
      await ledger.recordReceipt(await ledger.beginAttempt(stored), sampleReceipt(stored));
      const attempt = await ledger.beginAttempt(both);
      await ledger.recordIntent(attempt, sampleIntent(both));
      await ledger.recordReceipt(attempt, sampleReceipt(both));
      await ledger.beginAttempt({ key: 'key0', destination: 'box' });

      assert.deepEqual(plain(await ledger.list('T-19589')), [
        { ...both, attempts: 1, intent: sampleIntent(both), receipt: sampleReceipt(both) },
        { ...stored, attempts: 1, receipt: sampleReceipt(stored) },
        { ...intended, attempts: 1, intent: sampleIntent(intended) },
      ]);
    },
  },
  {
    title: 'contracts whose ids look alike are kept apart',
    async run({ ledger }) {
      for (const contractId of ['T-7', 'H-7', 'T-70', 't-7', 'T_7']) {
        const entry = { key: contractId, destination: 'drive' };
        await ledger.recordIntent(await ledger.beginAttempt(entry), sampleIntent(entry, { contractId }));
      }
      for (const contractId of ['T-7', 'H-7', 'T-70', 't-7', 'T_7']) {
        assert.deepEqual(
          (await ledger.list(contractId)).map(({ key }) => key),
          [contractId],
        );
      }
      assert.deepEqual(await ledger.list('T%'), []);
    },
  },
];
