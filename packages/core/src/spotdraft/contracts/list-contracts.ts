import { parseContractId } from '../../contract/contract-id.ts';
import { SpotDraftError } from '../../errors/spotdraft-error.ts';
import type { Requester, RequestOptions } from '../http/requester.ts';
import { type ListOptions, listPages } from '../list-pages.ts';
import { type WithRaw, withRaw } from '../with-raw.ts';
import { type ContractFilters, filterParameters } from './contract-filters.ts';
import { type ContractRow, identityOfRow, readContractRow } from './contract-row.ts';

export interface ListContractsOptions extends ContractFilters, ListOptions {}

/** So many ids still make an address that every proxy lets through. */
const idsAtOnce = 50;

/** Gives the contracts that pass every filter, each once. Without filters all of them. */
export async function* listContracts(
  requester: Requester,
  { pageSize, signal, ...filters }: ListContractsOptions = {},
): AsyncGenerator<WithRaw<ContractRow>, void, undefined> {
  for (const part of inParts(filters)) {
    yield* listPages(requester, {
      path: '/contracts/',
      filters: filterParameters(part),
      readRow: readContractRow,
      identityOf: identityOfRow,
      pageSize,
      signal,
    });
  }
}

/** A filter that lets nothing through is no request; a long list of ids is several. */
function* inParts(filters: ContractFilters): Generator<ContractFilters> {
  if (Object.values(filters).some((wanted) => Array.isArray(wanted) && wanted.length === 0)) return;
  const ids = filters.contractIds && [...new Set(filters.contractIds)];
  if (ids === undefined) {
    yield filters;
    return;
  }
  for (let index = 0; index < ids.length; index += idsAtOnce) yield { ...filters, contractIds: ids.slice(index, index + idsAtOnce) };
}

/**
 * Finds one contract in the list; `undefined` when it is not there.
 *
 * Throws `spotdraft.contract_unresolved` when SpotDraft gives several contracts that share the number and does not say which is which.
 */
export async function findContract(
  requester: Requester,
  contractId: string,
  { signal }: RequestOptions = {},
): Promise<WithRaw<ContractRow> | undefined> {
  const { text, number } = parseContractId(contractId);
  const unnamed: WithRaw<ContractRow>[] = [];
  for await (const row of listContracts(requester, { contractIds: [text], signal })) {
    if (row.contractId === text) return row;
    if (row.contractId === undefined && row.numericId === number) unnamed.push(row);
  }
  const [row, ...others] = unnamed;
  if (others.length > 0) throw ambiguous(text);
  // The list was asked for exactly this id, so a number alone can only be its own.
  return row && withRaw({ ...row, contractId: text }, row.raw);
}

function ambiguous(contractId: string): SpotDraftError {
  return new SpotDraftError(`SpotDraft gives several contracts for ${contractId}.`, {
    code: 'spotdraft.contract_unresolved',
    recovery: 'operator',
    hint: 'Historical contracts have numbers of their own. Look both up in SpotDraft.',
    details: { contractId },
  });
}
