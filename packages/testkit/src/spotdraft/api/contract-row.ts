import { spotDraftTime } from '../spotdraft-time.ts';
import type { EmulatedContract } from '../workspace/contract.ts';

export type RowId = 'composite' | 'number' | 'numeric-text';

/** A contract as lists and creating endpoints show it. There is no execution date in it, no kind and no version. */
export function contractRow(
  contract: EmulatedContract,
  { rowId, workspaceId }: { readonly rowId: RowId; readonly workspaceId: number },
): object {
  const ids = { composite: contract.id, number: contract.number, 'numeric-text': String(contract.number) };
  return {
    id: ids[rowId],
    created: spotDraftTime(contract.createdAt),
    created_by: contract.businessUser.name,
    contract_link: `https://app.spotdraft.com/contracts/v2/${contract.number}`,
    contract_status: contract.status,
    contract_name: contract.title,
    counter_party_name: contract.counterparties[0]?.name ?? '',
    contract_type_name: contract.contractType.name,
    contract_type_id: contract.contractType.id,
    external_metadata: contract.externalMetadata ?? {},
    reference_id: contract.referenceId,
    created_by_user_name: contract.businessUser.name,
    created_by_user_email: contract.businessUser.email,
    created_by_workspace: workspaceId,
  };
}
