import { SpotDraftError } from '../errors/spotdraft-error.ts';

/**
 * A contract's id taken apart. The prefix is part of the identity: `T-7` and `H-7` are different contracts.
 *
 * `T` contracts were made or uploaded in SpotDraft, `H` contracts are historical ones that were brought in from elsewhere.
 */
export interface ContractId {
  /** The whole id, such as `T-19589`. */
  readonly text: string;
  readonly prefix: 'T' | 'H';
  /** The integer that some of SpotDraft's endpoints, and its webhooks, use alone. */
  readonly number: number;
}

// No leading zeros: T-7 and T-007 would be one contract under two keys.
const compositeId = /^([TH])-([1-9]\d{0,15})$/;

/** Takes a composite id apart. Throws `spotdraft.invalid_request` for anything else; numbers go through `resolveContractId`. */
export function parseContractId(text: string): ContractId {
  const id = readContractId(text);
  if (id !== undefined) return id;
  throw new SpotDraftError(`${quote(text)} is not a contract id.`, {
    code: 'spotdraft.invalid_request',
    recovery: 'never',
    hint: 'A contract id has a prefix, such as T-19589 or H-42. Resolve a number alone with resolveContractId(number, { spotdraft }).',
  });
}

/** True for a composite id, such as `T-19589`. */
export function isContractId(value: unknown): value is string {
  return readContractId(value) !== undefined;
}

/** Takes a composite id apart; `undefined` when it is none. */
export function readContractId(value: unknown): ContractId | undefined {
  const [text, prefix, digits] = (typeof value === 'string' && compositeId.exec(value)) || [];
  const number = Number(digits);
  if (text === undefined || !Number.isSafeInteger(number)) return undefined;
  return { text, prefix: prefix === 'H' ? 'H' : 'T', number };
}

/** Whatever was given in place of an id may be anything, a title for example: shown only when it looks like an id. */
function quote(value: unknown): string {
  return typeof value === 'number' || (typeof value === 'string' && /^[A-Za-z]{0,2}[-_]?\d{1,20}$/.test(value))
    ? JSON.stringify(value)
    : 'What was given';
}
