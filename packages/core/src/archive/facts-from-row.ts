import type { ContractFacts } from '../contract/contract-facts.ts';
import { definedOnly } from '../contract/defined-only.ts';
import { moment } from '../contract/moment.ts';
import type { ContractRow } from '../spotdraft/contracts/contract-row.ts';

/** What a row of a list tells about its contract. */
export function factsFromRow(row: ContractRow): Partial<ContractFacts> {
  return definedOnly<ContractFacts>({
    referenceId: row.referenceId,
    contractType: row.contractType,
    contractTypeId: row.contractTypeId,
    counterparties: row.counterparties.length > 0 ? row.counterparties : undefined,
    owner: row.owner,
    createdAt: moment(row.createdAt),
    externalMetadata: row.externalMetadata,
  });
}
