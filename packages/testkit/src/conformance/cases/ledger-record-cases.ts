import assert from 'node:assert/strict';
import { canReopen, type LedgerCase } from '../ledger-case.ts';
import { plain, sampleEntry, sampleFailure, sampleIntent, sampleReceipt } from '../ledger-samples.ts';

const secret = 'https://upload.example/session?token=bearer-secret';

/** What the ledger tells about a row. */
export const recordCases: readonly LedgerCase[] = [
  {
    title: 'durable says yes or no',
    async run({ ledger }) {
      assert.equal(typeof ledger.durable, 'boolean');
    },
  },
  {
    title: 'a row that no attempt began is absent',
    async run({ ledger }) {
      await ledger.beginAttempt({ ...sampleEntry, destination: 'box' });
      assert.equal(await ledger.find(sampleEntry), undefined);
    },
  },
  {
    title: 'a row tells its attempts, its intent, its failure and its receipt',
    async run({ ledger }) {
      const attempt = await ledger.beginAttempt(sampleEntry);
      assert.deepEqual(plain(await ledger.find(sampleEntry)), { ...sampleEntry, attempts: 1 });
      await ledger.recordIntent(attempt, sampleIntent());
      const begun = { ...sampleEntry, attempts: 1, intent: sampleIntent() };
      assert.deepEqual(plain(await ledger.find(sampleEntry)), begun);
      await ledger.recordFailure(attempt, sampleFailure);
      assert.deepEqual(plain(await ledger.find(sampleEntry)), { ...begun, failure: sampleFailure });
      await ledger.recordReceipt(await ledger.beginAttempt(sampleEntry), sampleReceipt());
      assert.deepEqual(plain(await ledger.find(sampleEntry)), { ...begun, attempts: 2, receipt: sampleReceipt() });
    },
  },
  {
    title: 'a receipt comes back as it was recorded, with all its fields and with none of the optional ones',
    async run({ ledger }) {
      const { versionId: _versionId, revision: _revision, webUrl: _webUrl, ...scarce } = sampleReceipt();
      for (const receipt of [sampleReceipt(), { ...scarce, outcome: 'altered-by-destination' as const }]) {
        await ledger.recordReceipt(await ledger.beginAttempt(sampleEntry), receipt);
        assert.deepEqual(plain((await ledger.find(sampleEntry))?.receipt), receipt);
      }
    },
  },
  {
    title: 'a failure disappears when the next attempt begins',
    async run({ ledger }) {
      await ledger.recordFailure(await ledger.beginAttempt(sampleEntry), sampleFailure);
      await ledger.beginAttempt(sampleEntry);
      assert.equal((await ledger.find(sampleEntry))?.failure, undefined);
    },
  },
  {
    title: 'a receipt stays while a later attempt runs and fails',
    async run({ ledger }) {
      await ledger.recordReceipt(await ledger.beginAttempt(sampleEntry), sampleReceipt());
      const later = await ledger.beginAttempt(sampleEntry);
      assert.deepEqual(plain((await ledger.find(sampleEntry))?.receipt), sampleReceipt());
      await ledger.recordFailure(later, sampleFailure);
      assert.deepEqual(plain((await ledger.find(sampleEntry))?.receipt), sampleReceipt());
    },
  },
  {
    title: 'a row holds no checkpoint',
    async run({ ledger }) {
      const attempt = await ledger.beginAttempt(sampleEntry);
      await ledger.recordIntent(attempt, sampleIntent());
      await ledger.saveCheckpoint(attempt, { address: secret });
      const shown = JSON.stringify([await ledger.find(sampleEntry), await ledger.list('T-19589')]);
      assert.ok(!shown.includes('bearer-secret'), 'A row shows the checkpoint, which is a secret.');
      assert.ok(!shown.includes('checkpoint'));
    },
  },
  {
    title: 'changing an answer, or what was handed in, does not change the ledger',
    async run({ ledger }) {
      const attempt = await ledger.beginAttempt(sampleEntry);
      const intent = sampleIntent();
      const checkpoint = { offset: 1 };
      await ledger.recordIntent(attempt, intent);
      await ledger.saveCheckpoint(attempt, checkpoint);
      checkpoint.offset = 2;
      for (const each of [intent, (await ledger.find(sampleEntry))?.intent]) Object.assign(each ?? {}, { size: 1 });
      const next = await ledger.beginAttempt(sampleEntry);
      assert.deepEqual(plain(next.previousIntent), sampleIntent());
      assert.deepEqual(next.checkpoint, { offset: 1 });
    },
  },
  {
    title: 'another process sees every row, intent, checkpoint and receipt',
    needs: [canReopen],
    async run({ ledger, reopen }) {
      const attempt = await ledger.beginAttempt(sampleEntry);
      await ledger.recordIntent(attempt, sampleIntent());
      await ledger.saveCheckpoint(attempt, { offset: 1 });
      const other = await reopen?.();
      assert.deepEqual(plain(await other?.find(sampleEntry)), { ...sampleEntry, attempts: 1, intent: sampleIntent() });
      const next = await other?.beginAttempt(sampleEntry);
      assert.deepEqual(plain(next), { ...sampleEntry, number: 2, previousIntent: sampleIntent(), checkpoint: { offset: 1 } });
    },
  },
];
