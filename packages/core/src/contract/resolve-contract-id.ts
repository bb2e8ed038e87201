import { SpotDraftError } from '../errors/spotdraft-error.ts';
import type { SpotDraftClient } from '../spotdraft/client.ts';
import type { ContractRow } from '../spotdraft/contracts/contract-row.ts';
import type { ContractStatus } from '../spotdraft/contracts/contract-status.ts';
import type { RequestOptions } from '../spotdraft/http/requester.ts';
import { chooseRow } from './choose-row.ts';
import { isContractId, parseContractId } from './contract-id.ts';
import type { ResolvedContract } from './resolved-contract.ts';

/** A contract as a webhook names it: the number without prefix, and what else tells contracts apart. */
export interface ContractHint {
  readonly contractId: number | string;
  /** The reference people use, such as `SD-1234`. */
  readonly referenceId?: string | undefined;
  readonly title?: string | undefined;
}

/** Whatever names a contract: a composite id, a number, what a webhook tells, or a row of a list. */
export type ContractReference = string | number | ContractHint | ContractRow;

export interface ResolveContractIdOptions extends RequestOptions {
  readonly spotdraft: Pick<SpotDraftClient, 'contracts'>;
}

/**
 * Finds the composite id of a contract. `T-7` and `H-7` are different contracts, so a number alone is never taken for one of them unseen.
 *
 * A composite id is used as it is, without a request. What a webhook tells takes one request, for the status of the `T` contract, when the title is
 * the same, as webhooks speak of `T` contracts; otherwise, and for numbers and rows, the list is asked too and decides by the reference.
 *
 * Throws `spotdraft.contract_unresolved` when several contracts come into question (recovery `operator`) or none is to be seen (`retry`).
 *
 * @example
 * const { contractId, status } = await resolveContractId({ contractId: 19589, title: 'NDA', referenceId: 'SD-7' }, { spotdraft });
 */
export async function resolveContractId(input: ContractReference, options: ResolveContractIdOptions): Promise<ResolvedContract> {
  const { id, ...evidence } = evidenceIn(input);
  if (isContractId(id)) return { contractId: id };
  const number = readNumber(id);
  const status = await statusOf(`T-${number}`, options);
  if (status !== undefined && evidence.isFromWebhook && isSameTitle(status.title, evidence.title))
    return { contractId: `T-${number}`, status };

  const rows = await listBoth(number, options);
  const chosen = await chooseRow(rows, {
    number,
    status,
    referenceId: evidence.referenceId,
    historicalStatus: () => statusOf(`H-${number}`, options),
  });
  if (chosen !== undefined) return chosen;
  throw unresolved(number, { isListed: rows.length > 0 });
}

interface Evidence {
  readonly id: string | number;
  readonly referenceId?: string | undefined;
  readonly title?: string | undefined;
  readonly isFromWebhook: boolean;
}

function evidenceIn(input: ContractReference): Evidence {
  if (typeof input === 'string' || typeof input === 'number') return { id: input, isFromWebhook: false };
  const { referenceId, title } = input;
  if ('numericId' in input) return { id: input.contractId ?? input.numericId, referenceId, title, isFromWebhook: false };
  return { id: input.contractId, referenceId, title, isFromWebhook: true };
}

/** Throws `spotdraft.invalid_request` for what is neither a number nor a composite id. */
function readNumber(id: string | number): number {
  const number = typeof id === 'string' && /^\d+$/.test(id) ? Number(id) : id;
  if (typeof number === 'number' && Number.isSafeInteger(number) && number > 0) return number;
  return parseContractId(String(id)).number;
}

async function statusOf(contractId: string, { spotdraft, signal }: ResolveContractIdOptions): Promise<ContractStatus | undefined> {
  try {
    return await spotdraft.contracts.status(contractId, { signal });
  } catch (error) {
    // Absent, or hidden from these credentials. Anything else leaves it open which of them it is.
    if (error instanceof SpotDraftError && error.code === 'spotdraft.not_found') return undefined;
    throw error;
  }
}

async function listBoth(number: number, { spotdraft, signal }: ResolveContractIdOptions): Promise<readonly ContractRow[]> {
  const rows: ContractRow[] = [];
  for await (const row of spotdraft.contracts.list({ contractIds: [`T-${number}`, `H-${number}`], signal })) {
    if (row.numericId === number) rows.push(row);
  }
  return rows;
}

/** Titles are typed by people and pass through several systems, so space and composed letters do not count. */
function isSameTitle(one: string, other: string | undefined): boolean {
  return other !== undefined && normalTitle(one) === normalTitle(other);
}

function normalTitle(title: string): string {
  return title.normalize('NFC').replaceAll(/\s+/g, ' ').trim();
}

function unresolved(number: number, { isListed }: { readonly isListed: boolean }): SpotDraftError {
  return new SpotDraftError(`It is not clear which contract the number ${number} means.`, {
    code: 'spotdraft.contract_unresolved',
    recovery: isListed ? 'operator' : 'retry',
    hint: isListed
      ? `T-${number} and H-${number} are different contracts. Look at both in SpotDraft, and use the right id with its prefix.`
      : 'SpotDraft lists no contract of this number. It may be too new for the list, deleted, or hidden from these credentials.',
    details: { number },
  });
}
