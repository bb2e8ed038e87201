import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables.ts';
import type { GoneState } from '../repair/state-at-source.ts';

/** A webhook that told of the end of a contract. */
export interface GoneEvent {
  readonly state: GoneState;
  /** Milliseconds since 1970. */
  readonly receivedAt: number;
}

/** The last webhook that told that SpotDraft has deleted or voided a contract; `undefined` when none did. Webhooks speak of `T` contracts only. */
export async function goneEvent(database: Kysely<Tables>, contractId: string): Promise<GoneEvent | undefined> {
  if (!contractId.startsWith('T-')) return undefined;
  const row = await database
    .selectFrom('archive_inbox')
    .select(['activity', 'received_at'])
    .where('contract_number', '=', Number(contractId.slice(2)))
    .where('activity', 'in', ['CONTRACT_DELETED', 'CONTRACT_VOIDED'])
    .orderBy('received_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row && { state: row.activity === 'CONTRACT_DELETED' ? 'DELETED' : 'VOIDED', receivedAt: row.received_at };
}
