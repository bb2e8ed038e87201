import type { Kysely } from 'kysely';
import { readJson, writeJson } from '../database/json-column.ts';
import type { Tables } from '../database/tables.ts';
import type { ContractDescription, ContractMetadata } from './contract-metadata.ts';

export interface ContractToIndex extends ContractDescription {
  readonly contractId: string;
  readonly versionId: string | undefined;
  readonly archivedAt: number;
}

/** Writes a contract's row of the index. What an earlier, richer source told stays where this one is silent. */
export async function indexContract(database: Kysely<Tables>, contract: ContractToIndex): Promise<void> {
  const { contractId, title, referenceId = null, contractType = null, versionId = null, archivedAt } = contract;
  const earlier = await database
    .selectFrom('archive_contracts')
    .select('metadata')
    .where('contract_id', '=', contractId)
    .executeTakeFirst();
  const metadata = merge(readJson(earlier?.metadata ?? null), contract.metadata);
  const row = {
    title,
    reference_id: referenceId,
    contract_type: contractType,
    counterparties: metadata.counterparties.join('\n').toLowerCase(),
    metadata: writeJson(metadata),
    search_text: [contractId, title, referenceId, contractType, metadata.entity, ...metadata.counterparties].join('\n').toLowerCase(),
    version_id: versionId,
    source_state: 'EXECUTED',
    archived_at: archivedAt,
  };
  await database
    .insertInto('archive_contracts')
    .values({ contract_id: contractId, ...row })
    .onConflict((conflict) => conflict.column('contract_id').doUpdateSet(row))
    .execute();
}

function merge(earlier: ContractMetadata | undefined, later: ContractMetadata): ContractMetadata {
  const told = Object.fromEntries(Object.entries(later).filter(([, value]) => value !== undefined)) as unknown as ContractMetadata;
  const counterparties = later.counterparties.length > 0 ? later.counterparties : (earlier?.counterparties ?? []);
  return { ...earlier, ...told, counterparties };
}
