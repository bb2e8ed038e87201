import { parseContractId } from '../../contract/contract-id.ts';
import { SpotDraftError } from '../../errors/spotdraft-error.ts';

/**
 * The integer of a contract's id, for endpoints that take nothing else.
 *
 * Throws `spotdraft.invalid_request` for historical contracts: their number alone would mean the `T` contract of the same number.
 */
export function contractNumber(contractId: string): number {
  const { prefix, number, text } = parseContractId(contractId);
  if (prefix === 'T') return number;
  throw new SpotDraftError(`SpotDraft offers this for T contracts only, and ${text} is a historical one.`, {
    code: 'spotdraft.invalid_request',
    recovery: 'never',
    hint: "The endpoint takes a number without prefix, which would mean another contract. Do without this for ids that begin with 'H-'.",
    details: { contractId: text },
  });
}
