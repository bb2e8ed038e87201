import type { Ledger } from '@spotdraft-archive/core';

/** A ledger as one process has it: whatever that still tries after its death reaches nobody. */
export function mortalLedger(ledger: Ledger, death: AbortSignal | undefined): Ledger {
  const whileAlive =
    <Given extends readonly unknown[], Answer>(call: (...given: Given) => Promise<Answer>) =>
    async (...given: Given): Promise<Answer> => {
      death?.throwIfAborted();
      return call(...given);
    };
  return {
    durable: ledger.durable,
    find: whileAlive(ledger.find),
    list: whileAlive(ledger.list),
    beginAttempt: whileAlive(ledger.beginAttempt),
    recordIntent: whileAlive(ledger.recordIntent),
    saveCheckpoint: whileAlive(ledger.saveCheckpoint),
    recordReceipt: whileAlive(ledger.recordReceipt),
    recordFailure: whileAlive(ledger.recordFailure),
  };
}
