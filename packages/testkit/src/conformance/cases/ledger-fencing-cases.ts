import assert from 'node:assert/strict';
import { ArchiveError, type Attempt, type Ledger } from '@spotdraft-archive/core';
import { canReopen, type LedgerCase } from '../ledger-case.ts';
import { plain, sampleEntry, sampleFailure, sampleIntent, sampleReceipt } from '../ledger-samples.ts';
import { rejectionOf } from '../rejection.ts';

/** Only the latest attempt may write. */
export const fencingCases: readonly LedgerCase[] = [
  {
    title: 'as soon as a later attempt has begun, every write of the earlier one is refused and changes nothing',
    async run({ ledger }) {
      const earlier = await ledger.beginAttempt(sampleEntry);
      const later = await ledger.beginAttempt(sampleEntry);
      await ledger.recordIntent(later, sampleIntent());
      await ledger.saveCheckpoint(later, { of: 'the later' });
      const before = plain(await ledger.find(sampleEntry));
      for (const [name, write] of writesOf(ledger, earlier)) await assertLeaseLost(write(), name);
      assert.deepEqual(plain(await ledger.find(sampleEntry)), before);
      assert.deepEqual((await ledger.beginAttempt(sampleEntry)).checkpoint, { of: 'the later' });
    },
  },
  {
    title: 'the latest attempt writes as often as it likes',
    async run({ ledger }) {
      await ledger.beginAttempt(sampleEntry);
      const latest = await ledger.beginAttempt(sampleEntry);
      for (const [, write] of [...writesOf(ledger, latest), ...writesOf(ledger, latest)]) await write();
    },
  },
  {
    title: 'a later attempt at another destination or key takes nothing over',
    async run({ ledger }) {
      const attempt = await ledger.beginAttempt(sampleEntry);
      for (const entry of [
        { ...sampleEntry, destination: 'box' },
        { ...sampleEntry, key: 'another' },
      ]) {
        await ledger.beginAttempt(entry);
        await ledger.beginAttempt(entry);
      }
      for (const [, write] of writesOf(ledger, attempt)) await write();
    },
  },
  {
    title: 'an attempt that never began is refused',
    async run({ ledger }) {
      const invented: Attempt = { ...sampleEntry, number: 1 };
      for (const [name, write] of writesOf(ledger, invented)) await assertLeaseLost(write(), name);
      await ledger.beginAttempt(sampleEntry);
      for (const [name, write] of writesOf(ledger, { ...invented, number: 2 })) await assertLeaseLost(write(), name);
    },
  },
  {
    title: 'attempts that begin at once get numbers of their own, and one of them may write',
    async run({ ledger, reopen }) {
      const other = (await reopen?.()) ?? ledger;
      const attempts = await Promise.all(
        Array.from({ length: 12 }, (_, index) => (index % 2 === 0 ? ledger : other).beginAttempt(sampleEntry)),
      );
      const numbers = attempts.map((attempt) => attempt.number).toSorted((a, b) => a - b);
      assert.deepEqual(
        numbers,
        Array.from({ length: 12 }, (_, index) => index + 1),
      );
      const writes = await Promise.allSettled(attempts.map((attempt) => ledger.recordIntent(attempt, sampleIntent())));
      assert.equal(writes.filter(({ status }) => status === 'fulfilled').length, 1);
    },
  },
  {
    title: 'the attempt of another process takes the row over',
    needs: [canReopen],
    async run({ ledger, reopen }) {
      const earlier = await ledger.beginAttempt(sampleEntry);
      const other = await reopen?.();
      const later = await other?.beginAttempt(sampleEntry);
      assert.equal(later?.number, 2);
      for (const [name, write] of writesOf(ledger, earlier)) await assertLeaseLost(write(), name);
    },
  },
];

function writesOf(ledger: Ledger, attempt: Attempt): readonly (readonly [string, () => Promise<void>])[] {
  return [
    ['recordIntent', () => ledger.recordIntent(attempt, sampleIntent(attempt))],
    ['saveCheckpoint', () => ledger.saveCheckpoint(attempt, { of: 'this attempt' })],
    ['recordFailure', () => ledger.recordFailure(attempt, sampleFailure)],
    ['recordReceipt', () => ledger.recordReceipt(attempt, sampleReceipt(attempt))],
  ];
}

async function assertLeaseLost(write: Promise<void>, name: string): Promise<void> {
  const error = await rejectionOf(write);
  assert.ok(ArchiveError.isInstance(error), `${name} rejects with something that is no ArchiveError: ${String(error)}`);
  assert.equal(error.code, 'ledger.lease_lost', name);
  assert.equal(error.recovery, 'retry', name);
  assert.ok(error.hint, `${name}: the error has no hint.`);
}
