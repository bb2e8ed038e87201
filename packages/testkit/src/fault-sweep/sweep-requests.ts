import assert from 'node:assert/strict';
import { ArchiveError } from '@spotdraft-archive/core';
import { addVictim, archiveVictim, type RunOptions, startArchiveSource, type Victim } from './archive-run.ts';
import { assertOneCopy } from './assert-one-copy.ts';
import type { FaultSweepHarness } from './fault-sweep-harness.ts';

/** Lets one run meet a fault at its n-th request. Answers whether it made that many. */
export type Disturb = (nth: number, run: DisturbedRun) => Promise<boolean>;

export interface DisturbedRun {
  readonly harness: FaultSweepHarness;
  /** Archives the contract, as a process does that was just started and gives up at the first failure. */
  readonly archive: (options?: Pick<RunOptions, 'signal'>) => Promise<ArchiveError | undefined>;
}

export interface SweepOptions {
  /** In bytes. */
  readonly size: number;
  readonly disturb: Disturb;
}

/** More requests than any upload makes that a sweep can be made of. */
const mostRequests = 60;

/** Archives a new contract for each request in turn: disturbed once, then once more by another process with the same ledger. */
export async function sweepRequests(harness: FaultSweepHarness, { size, disturb }: SweepOptions): Promise<void> {
  await using source = await startArchiveSource();
  for (let nth = 1; nth <= mostRequests; nth += 1) {
    const victim = addVictim(source, { nth, size });
    const archive: DisturbedRun['archive'] = async ({ signal } = {}) => {
      const { failures } = await archiveVictim(victim, { source, destination: harness.restart({ maxTries: 1 }), signal });
      return failures.store;
    };
    const isDisturbed = await disturb(nth, { harness, archive });
    await finish(victim, nth);
    if (isDisturbed) continue;
    assert.ok(nth > 1, 'The upload made no request.');
    return;
  }
  assert.fail(`The upload makes more than ${mostRequests} requests.`);

  async function finish(victim: Victim, nth: number): Promise<void> {
    const destination = harness.restart({ firstDelayMs: 2, maxDelayMs: 10 });
    const { receipts, failures } = await archiveVictim(victim, { source, destination });
    try {
      if (failures.store) throw failures.store;
      assert.ok(receipts.store, 'There is no receipt.');
      await assertOneCopy(victim, { receipt: receipts.store, source, harness });
    } catch (error) {
      const reason = ArchiveError.isInstance(error) ? `${error.code}: ${error.message}` : String(error);
      throw new Error(`After a fault at request ${nth} one more run does not end with one copy. ${reason}`, { cause: error });
    }
  }
}
