import type { Checkpoint } from '../destination/storage-destination.ts';
import { LedgerError } from '../errors/ledger-error.ts';
import type { Attempt, AttemptFailure, Intent, Ledger, LedgerEntry, LedgerRecord } from './ledger.ts';
import type { Receipt } from './receipt.ts';

interface Row extends LedgerEntry {
  attempts: number;
  intent?: Intent;
  checkpoint?: Checkpoint;
  receipt?: Receipt;
  failure?: AttemptFailure;
}

/**
 * A ledger that lives as long as the process: for tests, scripts and one-off runs.
 *
 * After a restart it knows nothing, so destinations that allow twins are searched before they are written to: one more request per document.
 * Use a durable ledger, such as the service's, for anything that runs more than once.
 */
export function memoryLedger(): Ledger {
  const rows = new Map<string, Row>();

  const ownRow = (attempt: Attempt): Row => {
    const row = rows.get(nameOf(attempt));
    if (row?.attempts !== attempt.number) throw leaseLost(attempt);
    return row;
  };

  return {
    durable: false,

    find: async (entry) => {
      const row = rows.get(nameOf(entry));
      return row && recordOf(row);
    },

    list: async (contractId) =>
      [...rows.values()]
        .filter((row) => (row.receipt ?? row.intent)?.contractId === contractId)
        .toSorted((a, b) => a.key.localeCompare(b.key) || a.destination.localeCompare(b.destination))
        .map(recordOf),

    beginAttempt: async ({ key, destination }) => {
      const row = rows.get(nameOf({ key, destination })) ?? { key, destination, attempts: 0 };
      rows.set(nameOf(row), row);
      row.attempts += 1;
      delete row.failure;
      return structuredClone({ key, destination, number: row.attempts, previousIntent: row.intent, checkpoint: row.checkpoint });
    },

    recordIntent: async (attempt, intent) => {
      ownRow(attempt).intent = structuredClone(intent);
    },

    saveCheckpoint: async (attempt, checkpoint) => {
      ownRow(attempt).checkpoint = structuredClone(checkpoint);
    },

    recordReceipt: async (attempt, receipt) => {
      const row = ownRow(attempt);
      row.receipt = structuredClone(receipt);
      delete row.checkpoint;
      delete row.failure;
    },

    recordFailure: async (attempt, failure) => {
      ownRow(attempt).failure = structuredClone(failure);
    },
  };
}

function nameOf({ key, destination }: LedgerEntry): string {
  return JSON.stringify([key, destination]);
}

function recordOf({ checkpoint: _secret, ...record }: Row): LedgerRecord {
  return structuredClone(record);
}

function leaseLost({ key, destination }: Attempt): LedgerError {
  return new LedgerError(`A later attempt at ${key} in ${destination} has begun.`, {
    code: 'ledger.lease_lost',
    recovery: 'retry',
    hint: 'Nothing is lost: the later attempt goes on from what this one saved.',
    details: { key, destination },
  });
}
