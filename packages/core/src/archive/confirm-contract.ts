import type { ContractFacts } from '../contract/contract-facts.ts';
import { type ContractHint, resolveContractId } from '../contract/resolve-contract-id.ts';
import { SpotDraftError } from '../errors/spotdraft-error.ts';
import type { SpotDraftClient } from '../spotdraft/client.ts';
import type { ContractRow } from '../spotdraft/contracts/contract-row.ts';
import type { ContractEvent } from '../webhook/contract-event.ts';
import { factsFromEvent } from './facts-from-event.ts';
import { factsFromRow } from './facts-from-row.ts';

/** A composite id such as `T-19589`, a verified webhook event, or a row of `contracts.list`. */
export type ContractToArchive = string | ContractEvent | ContractRow;

/** A contract that SpotDraft itself called executed a moment ago. */
export interface ConfirmedContract {
  /** Composite id, such as `T-19589`. */
  readonly contractId: string;
  readonly title: string;
  readonly status: string;
  /** What the input told; not to be asked for again. */
  readonly known: Partial<ContractFacts>;
}

export interface ConfirmOptions {
  readonly spotdraft: SpotDraftClient;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Finds out which contract is meant, and that it is executed now.
 *
 * A webhook's word is not taken for it: it may be late or sent twice. A row that was just listed is fresh state and costs no request.
 */
export async function confirmContract(input: ContractToArchive, options: ConfirmOptions): Promise<ConfirmedContract> {
  const contract = await lookUp(input, options);
  if (contract.status !== 'EXECUTED') throw notExecuted(contract);
  return contract;
}

async function lookUp(input: ContractToArchive, options: ConfirmOptions): Promise<ConfirmedContract> {
  if (typeof input === 'string') return resolve(input, {}, options);
  if (!isEventOrRow(input)) throw notAContract(input);
  if ('activity' in input) return resolve(hintFrom(input), factsFromEvent(input), options);

  const { contractId, title, status } = input;
  if (contractId !== undefined && status === 'EXECUTED') return { contractId, title, status, known: factsFromRow(input) };
  return resolve(contractId ?? input, factsFromRow(input), options);
}

async function resolve(
  identity: string | ContractHint | ContractRow,
  known: Partial<ContractFacts>,
  options: ConfirmOptions,
): Promise<ConfirmedContract> {
  const { contractId, status, row } = await resolveContractId(identity, options);
  // Resolving asks for the status on the way, except for ids that were composite from the start.
  const present = status ?? (await options.spotdraft.contracts.status(contractId, { signal: options.signal }));
  return { contractId, title: present.title, status: present.status, known: { ...(row && factsFromRow(row)), ...known } };
}

function notExecuted({ contractId, status }: ConfirmedContract): SpotDraftError {
  return new SpotDraftError(`${contractId} is not executed: its status is ${status}.`, {
    code: 'spotdraft.not_executed',
    recovery: 'never',
    hint: 'Only executed contracts are archived. When it is executed later, SpotDraft sends a webhook and the repair run finds it too.',
    details: { contractId, status },
  });
}

function isEventOrRow(input: unknown): boolean {
  if (typeof input !== 'object' || input === null || !('counterparties' in input)) return false;
  return Array.isArray(input.counterparties) && ('activity' in input || 'numericId' in input);
}

/** A number is told apart, as it is the likely mistake: it may mean two contracts. */
function notAContract(input: unknown): SpotDraftError {
  const isNumber = typeof input === 'number';
  return new SpotDraftError(`archiveContract: ${isNumber ? `${input} is a number alone` : 'what was given names no contract'}.`, {
    code: 'spotdraft.invalid_request',
    recovery: 'never',
    hint: isNumber
      ? `T-${input} and H-${input} are different contracts. Ask resolveContractId(${input}, { spotdraft }) which one it is.`
      : 'Pass a contract id such as T-19589, the event that verifyWebhook returned, or a row of contracts.list.',
  });
}

/** What a webhook says about which contract it means. */
function hintFrom(event: ContractEvent): ContractHint {
  const { contractNumber, referenceId, title } = event;
  if (contractNumber !== undefined) return { contractId: contractNumber, referenceId, title };
  throw new SpotDraftError('The webhook is not about a contract.', {
    code: 'spotdraft.invalid_request',
    recovery: 'never',
    hint: "Hand on events whose kind is 'contract' only.",
    details: { activity: event.activity },
  });
}
