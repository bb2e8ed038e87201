import { z } from 'zod';
import type { Person } from '../../contract/contract-facts.ts';
import { SpotDraftError } from '../../errors/spotdraft-error.ts';
import { flag, id, object, rowsIn, text } from '../answer-fields.ts';
import type { Requester, RequestOptions } from '../http/requester.ts';
import { type ListOptions, listPages } from '../list-pages.ts';
import { type WithRaw, withRaw } from '../with-raw.ts';

/** Another side of contracts: an organization or a person. */
export interface Counterparty {
  readonly id: string;
  readonly name: string;
  readonly brandName?: string | undefined;
  readonly isIndividual?: boolean | undefined;
  readonly contacts: readonly Person[];
  /** `ACTIVE`, `ARCHIVED`, `MIGRATING`, or a word that SpotDraft adds one day. */
  readonly status?: string | undefined;
  readonly customFields: Readonly<Record<string, unknown>>;
}

export interface ListCounterpartiesOptions extends ListOptions {
  /** The whole e-mail address of a contact. */
  readonly email?: string | undefined;
  /** Values that the custom fields of these names must have. */
  readonly customFields?: Readonly<Record<string, string>> | undefined;
}

const contactFields = z.looseObject({ name: text, email: text });
const fields = z.looseObject({
  id,
  name: text,
  brand_name: text,
  is_individual: flag,
  contacts: z.unknown().optional(),
  status: text,
  custom_fields: object,
});

export async function* listCounterparties(
  requester: Requester,
  { email, customFields = {}, ...options }: ListCounterpartiesOptions = {},
): AsyncGenerator<WithRaw<Counterparty>, void, undefined> {
  const custom = Object.entries(customFields).map(([name, value]) => [`filter_custom__${name}`, value] as const);
  const filters = [...(email === undefined ? [] : [['filter__client_email_address', email] as const]), ...custom];
  yield* listPages(requester, { ...options, path: '/counter_parties/', filters, readRow: readCounterparty, identityOf: (row) => row.id });
}

/** Finds one counterparty; `undefined` when there is none with this id, or none that the credentials may see. */
export async function findCounterparty(
  requester: Requester,
  counterpartyId: string | number,
  { signal }: RequestOptions = {},
): Promise<WithRaw<Counterparty> | undefined> {
  if (!/^\d+$/.test(String(counterpartyId))) throw invalidId();
  try {
    return await requester.json({ method: 'GET', path: `/counter_parties/${counterpartyId}`, signal }, readCounterparty);
  } catch (error) {
    if (error instanceof SpotDraftError && error.code === 'spotdraft.not_found') return undefined;
    throw error;
  }
}

function readCounterparty(raw: unknown): WithRaw<Counterparty> {
  const { id: counterpartyId, name = '', brand_name: brandName, is_individual: isIndividual, status, ...others } = fields.parse(raw);
  const contacts = rowsIn(others.contacts).map((contact) => {
    const { name: contactName, email } = contactFields.parse(contact);
    return { name: contactName, email };
  });
  return withRaw({ id: counterpartyId, name, brandName, isIndividual, contacts, status, customFields: others.custom_fields ?? {} }, raw);
}

function invalidId(): SpotDraftError {
  return new SpotDraftError('The id of a counterparty is a whole number.', {
    code: 'spotdraft.invalid_request',
    recovery: 'never',
    hint: 'Take it from counterparties.list or from a webhook.',
  });
}
