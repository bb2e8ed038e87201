import { type Attempt, type Ledger, type LedgerEntry, LedgerError, type LedgerRecord } from '@spotdraft-archive/core';
import type { Kysely, Selectable, Updateable } from 'kysely';
import { readJson, writeJson } from '../database/json-column.ts';
import type { LedgerTable, Tables } from '../database/tables.ts';

/**
 * The ledger in the service's database: it survives crashes, and any number of processes and machines may share it.
 *
 * Every method is one statement, so no crash can leave half of it.
 */
export function sqlLedger(database: Kysely<Tables>): Ledger {
  const write = async (attempt: Attempt, values: Updateable<LedgerTable>): Promise<void> => {
    const { numUpdatedRows } = await database
      .updateTable('archive_ledger')
      .set(values)
      .where('key', '=', attempt.key)
      .where('destination', '=', attempt.destination)
      // The fence: a later attempt has raised the number.
      .where('attempts', '=', attempt.number)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) throw leaseLost(attempt);
  };

  return {
    durable: true,

    async find({ key, destination }) {
      const row = await database
        .selectFrom('archive_ledger')
        .selectAll()
        .where('key', '=', key)
        .where('destination', '=', destination)
        .executeTakeFirst();
      return row && recordOf(row);
    },

    async list(contractId) {
      const rows = await database.selectFrom('archive_ledger').selectAll().where('contract_id', '=', contractId).execute();
      return rows.map(recordOf).toSorted((a, b) => a.key.localeCompare(b.key) || a.destination.localeCompare(b.destination));
    },

    async beginAttempt({ key, destination }) {
      const row = await database
        .insertInto('archive_ledger')
        .values({ key, destination, attempts: 1 })
        .onConflict((conflict) =>
          conflict.columns(['key', 'destination']).doUpdateSet((eb) => ({
            attempts: eb(eb.ref('archive_ledger.attempts'), '+', 1),
            failure: null,
          })),
        )
        .returningAll()
        .executeTakeFirstOrThrow();
      return {
        key,
        destination,
        number: row.attempts,
        previousIntent: readJson(row.intent),
        checkpoint: readJson(row.checkpoint),
      };
    },

    recordIntent: (attempt, intent) => write(attempt, { intent: writeJson(intent), contract_id: intent.contractId }),
    saveCheckpoint: (attempt, checkpoint) => write(attempt, { checkpoint: writeJson(checkpoint) }),
    recordReceipt: (attempt, receipt) =>
      write(attempt, { receipt: writeJson(receipt), contract_id: receipt.contractId, checkpoint: null, failure: null }),
    recordFailure: (attempt, failure) => write(attempt, { failure: writeJson(failure) }),
  };
}

function recordOf({ key, destination, attempts, intent, receipt, failure }: Selectable<LedgerTable>): LedgerRecord {
  return { key, destination, attempts, intent: readJson(intent), receipt: readJson(receipt), failure: readJson(failure) };
}

function leaseLost({ key, destination }: LedgerEntry): LedgerError {
  return new LedgerError(`A later attempt at ${key} in ${destination} has begun.`, {
    code: 'ledger.lease_lost',
    recovery: 'retry',
    hint: 'Nothing is lost: the later attempt goes on from what this one saved.',
    details: { key, destination },
  });
}
