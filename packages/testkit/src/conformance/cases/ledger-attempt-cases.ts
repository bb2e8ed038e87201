import assert from 'node:assert/strict';
import type { LedgerCase } from '../ledger-case.ts';
import { plain, sampleEntry, sampleFailure, sampleIntent, sampleReceipt } from '../ledger-samples.ts';

const checkpoints = {
  text: 'https://upload.example/session?token=äöü📄',
  number: 9_007_199_254_740_991,
  list: [1, 'two', null, true, { three: [] }],
  nested: { sessionId: 'x', offset: 0, parts: [{ sha1: 'y', empty: '' }], none: null },
};

/** What an attempt learns from the ones before it. */
export const attemptCases: readonly LedgerCase[] = [
  {
    title: 'the first attempt at a document is number 1 and knows of nothing before it',
    async run({ ledger }) {
      assert.deepEqual(plain(await ledger.beginAttempt(sampleEntry)), { ...sampleEntry, number: 1 });
    },
  },
  {
    title: 'attempts are counted for each key and destination apart',
    async run({ ledger }) {
      const box = { ...sampleEntry, destination: 'box' };
      const other = { ...sampleEntry, key: `${sampleEntry.key}/docx` };
      const numbers: number[] = [];
      for (const entry of [sampleEntry, box, sampleEntry, other, sampleEntry, box]) numbers.push((await ledger.beginAttempt(entry)).number);
      assert.deepEqual(numbers, [1, 1, 2, 1, 3, 2]);
    },
  },
  {
    title: 'key and destination are never run together',
    async run({ ledger }) {
      await ledger.beginAttempt({ key: 'a', destination: 'b:c' });
      for (const entry of [
        { key: 'a:b', destination: 'c' },
        { key: 'A', destination: 'b:c' },
        { key: 'a', destination: 'b:c ' },
      ]) {
        assert.equal((await ledger.beginAttempt(entry)).number, 1, `${JSON.stringify(entry)} is taken for another row.`);
      }
    },
  },
  {
    title: 'an attempt learns the intent of the one before it, exactly as it was written down',
    async run({ ledger }) {
      const intent = sampleIntent();
      await ledger.recordIntent(await ledger.beginAttempt(sampleEntry), intent);
      const next = await ledger.beginAttempt(sampleEntry);
      assert.equal(next.number, 2);
      assert.deepEqual(plain(next.previousIntent), intent);
    },
  },
  {
    title: 'an intent is kept when an attempt dies before it has one of its own',
    async run({ ledger }) {
      await ledger.recordIntent(await ledger.beginAttempt(sampleEntry), sampleIntent());
      await ledger.beginAttempt(sampleEntry);
      assert.deepEqual(plain((await ledger.beginAttempt(sampleEntry)).previousIntent), sampleIntent());
    },
  },
  {
    title: 'a later intent of the same attempt replaces the one before it',
    async run({ ledger }) {
      const attempt = await ledger.beginAttempt(sampleEntry);
      await ledger.recordIntent(attempt, sampleIntent());
      const renamed = sampleIntent(sampleEntry, { path: { folders: [], name: 'Agreement (2).pdf' } });
      await ledger.recordIntent(attempt, renamed);
      assert.deepEqual(plain((await ledger.beginAttempt(sampleEntry)).previousIntent), renamed);
    },
  },
  ...Object.entries(checkpoints).map<LedgerCase>(([kind, checkpoint]) => ({
    title: `a checkpoint (${kind}) reaches the next attempt unchanged`,
    async run({ ledger }) {
      await ledger.saveCheckpoint(await ledger.beginAttempt(sampleEntry), checkpoint);
      assert.deepEqual((await ledger.beginAttempt(sampleEntry)).checkpoint, checkpoint);
    },
  })),
  {
    title: 'a checkpoint replaces the one before it',
    async run({ ledger }) {
      const attempt = await ledger.beginAttempt(sampleEntry);
      await ledger.saveCheckpoint(attempt, { offset: 1, part: 'a' });
      await ledger.saveCheckpoint(attempt, { offset: 2 });
      assert.deepEqual((await ledger.beginAttempt(sampleEntry)).checkpoint, { offset: 2 });
    },
  },
  {
    title: 'an intent, a failure and a new attempt keep the checkpoint',
    async run({ ledger }) {
      const first = await ledger.beginAttempt(sampleEntry);
      await ledger.saveCheckpoint(first, { offset: 1 });
      await ledger.recordIntent(first, sampleIntent());
      await ledger.recordFailure(first, sampleFailure);
      assert.deepEqual((await ledger.beginAttempt(sampleEntry)).checkpoint, { offset: 1 });
      assert.deepEqual((await ledger.beginAttempt(sampleEntry)).checkpoint, { offset: 1 });
    },
  },
  {
    title: 'a receipt makes the checkpoint forgotten, and only its own',
    async run({ ledger }) {
      const other = { ...sampleEntry, destination: 'box' };
      const [attempt, bystander] = [await ledger.beginAttempt(sampleEntry), await ledger.beginAttempt(other)];
      for (const each of [attempt, bystander]) await ledger.saveCheckpoint(each, { offset: 1 });
      await ledger.recordReceipt(attempt, sampleReceipt());
      assert.equal((await ledger.beginAttempt(sampleEntry)).checkpoint, undefined);
      assert.deepEqual((await ledger.beginAttempt(other)).checkpoint, { offset: 1 });
    },
  },
];
