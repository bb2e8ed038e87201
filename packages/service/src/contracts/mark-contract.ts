import type { Transaction } from 'kysely';
import type { Tables } from '../database/tables.ts';
import { facetOf } from './facets.ts';

export interface SourceMark {
  readonly contractId: string;
  readonly sourceState: 'EXECUTED' | 'DELETED' | 'VOIDED';
}

/** Notes in the index what SpotDraft did with a contract. The copies stay. */
export async function markContract(transaction: Transaction<Tables>, { contractId, sourceState }: SourceMark): Promise<void> {
  const { numUpdatedRows } = await transaction
    .updateTable('archive_contracts')
    .set({ source_state: sourceState })
    .where('contract_id', '=', contractId)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return;
  const facet = facetOf('sourceState', sourceState);
  await transaction.updateTable('archive_facets').set(facet).where('contract_id', '=', contractId).where('name', '=', facet.name).execute();
}
