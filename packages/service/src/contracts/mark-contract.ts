import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables.ts';

export interface SourceMark {
  readonly contractId: string;
  readonly sourceState: 'DELETED' | 'VOIDED';
}

/** Notes in the index what SpotDraft did with a contract. The copies stay. */
export async function markContract(database: Kysely<Tables>, { contractId, sourceState }: SourceMark): Promise<void> {
  await database.updateTable('archive_contracts').set({ source_state: sourceState }).where('contract_id', '=', contractId).execute();
}
