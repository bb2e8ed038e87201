import { type ListContractsOptions, parseContractId, type SpotDraftClient } from '@spotdraft-archive/core';

export interface ListedIdsOptions extends ListContractsOptions {
  readonly contractIds: readonly string[];
}

/** Those of some contracts that SpotDraft lists under a filter. One request for each 50. */
export async function listedIds(
  options: ListedIdsOptions,
  { spotdraft }: { readonly spotdraft: SpotDraftClient },
): Promise<ReadonlySet<string>> {
  const byNumber = new Map<number, string[]>();
  for (const id of options.contractIds) {
    const { number } = parseContractId(id);
    byNumber.set(number, [...(byNumber.get(number) ?? []), id]);
  }
  const listed = new Set<string>();
  for await (const { contractId, numericId } of spotdraft.contracts.list(options)) {
    // A number alone is as good as an id, unless it was asked for under both prefixes.
    const candidates = contractId === undefined ? (byNumber.get(numericId) ?? []) : [contractId];
    if (candidates.length === 1) for (const id of candidates) listed.add(id);
  }
  return listed;
}
