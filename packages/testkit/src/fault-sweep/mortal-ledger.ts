import type { Ledger } from '@spotdraft-archive/core';

/** A ledger as one process has it: whatever that still tries after its death reaches nobody. */
export function mortalLedger(ledger: Ledger, death: AbortSignal | undefined): Ledger {
  const whileAlive = async <Answer>(call: () => Promise<Answer>): Promise<Answer> => {
    death?.throwIfAborted();
    return call();
  };
  return {
    durable: ledger.durable,
    find: (entry) => whileAlive(() => ledger.find(entry)),
    list: (contractId) => whileAlive(() => ledger.list(contractId)),
    beginAttempt: (entry) => whileAlive(() => ledger.beginAttempt(entry)),
    recordIntent: (attempt, intent) => whileAlive(() => ledger.recordIntent(attempt, intent)),
    saveCheckpoint: (attempt, checkpoint) => whileAlive(() => ledger.saveCheckpoint(attempt, checkpoint)),
    recordReceipt: (attempt, receipt) => whileAlive(() => ledger.recordReceipt(attempt, receipt)),
    recordFailure: (attempt, failure) => whileAlive(() => ledger.recordFailure(attempt, failure)),
  };
}
