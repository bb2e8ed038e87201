import { contractPdf } from '../../fixtures/contract-pdf.ts';
import type { DocumentSource } from '../documents/document-source.ts';
import { createDocumentVersion } from '../documents/document-version.ts';
import type { AddressBook } from './address-book.ts';
import type { Counterparty, EmulatedContract, KeyPointerValue, Recipient, WorkspaceUser } from './contract.ts';
import type { NewContract, NewRecipient, NotReady } from './new-contract.ts';

export interface CreateContractContext {
  readonly addressBook: AddressBook;
  readonly owner: WorkspaceUser;
  readonly legalUser: WorkspaceUser;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly nextNumber: () => number;
  /** Ids of versions, recipients and the like. */
  readonly nextId: () => number;
}

/** Makes the record of a contract out of what a test told about it. */
export function createContract(given: NewContract, context: CreateContractContext): EmulatedContract {
  const { addressBook, now, nextId, nextNumber } = context;
  const { series, number } = readId(given.id ?? `T-${nextNumber()}`);
  const status = given.status ?? 'DRAFT';
  const counterparties = (given.counterparties ?? ['Contoso Limited']).map((party) => addressBook.counterparty(party));
  const entity = addressBook.entity(given.entity ?? 'Northwind Trading GmbH');
  const businessUser = given.owner ? { id: context.owner.id + 100, ...given.owner } : context.owner;
  const createdAt = given.createdAt?.getTime() ?? now;
  const executedAt = status === 'EXECUTED' ? (given.executedAt?.getTime() ?? now) : undefined;
  const version = createDocumentVersion({
    id: nextId(),
    uploadedAt: createdAt,
    isExecuted: status === 'EXECUTED',
    pdf:
      given.document ?? defaultDocument(given.title, { seed: number, parties: [entity.name, ...counterparties.map(({ name }) => name)] }),
    docx: given.docx,
  });
  return {
    id: `${series}-${number}`,
    series,
    number,
    title: given.title,
    status,
    kind: given.kind ?? 'TEMPLATE_CONTRACT',
    contractType: addressBook.contractType(given.contractType ?? 'Master Services Agreement'),
    counterparties,
    entity,
    businessUser,
    legalUser: context.legalUser,
    referenceId: given.referenceId === null ? undefined : (given.referenceId ?? `${series === 'H' ? 'SDH' : 'SD'}-${number}`),
    createdAt,
    updatedAt: Math.max(createdAt, executedAt ?? createdAt),
    executedAt,
    tags: given.tags ?? [],
    keyPointers: keyPointersOf(given.keyPointers ?? {}, addressBook),
    externalMetadata: given.externalMetadata,
    recipients: (given.recipients ?? defaultRecipients(businessUser, counterparties)).map((each) =>
      recipientOf(each, nextId(), executedAt),
    ),
    related: [],
    comments: [],
    note: given.note,
    text: given.text,
    versions: [version],
    notReady: notReadyFrom(given.notReady, executedAt ?? now),
  };
}

/** When a document that is not ready now will be. */
export function notReadyFrom(notReady: NotReady | undefined, from: number): EmulatedContract['notReady'] {
  return notReady && { until: from + notReady.forMs, answer: notReady.answer ?? 404 };
}

function readId(id: string): { readonly series: 'T' | 'H'; readonly number: number } {
  const [, series, digits] = /^([TH])-(\d+)$/.exec(id) ?? [];
  if (series !== 'T' && series !== 'H') throw new TypeError(`"${id}" is no contract id. Pass one like T-7 or H-7.`);
  return { series, number: Number(digits) };
}

function defaultDocument(title: string, { seed, parties }: { readonly seed: number; readonly parties: readonly string[] }): DocumentSource {
  return () => contractPdf({ title, parties, seed });
}

function defaultRecipients(owner: WorkspaceUser, counterparties: readonly Counterparty[]): readonly NewRecipient[] {
  const others = counterparties.map(({ contactName, contactEmail }) => ({ name: contactName, email: contactEmail }));
  return [{ ...owner, isCreatorParty: true }, ...others];
}

function recipientOf(given: NewRecipient, id: number, actedAt: number | undefined): Recipient {
  const { email, name = email, type = 'SIGNATORY', isCreatorParty = false } = given;
  return { id, type, name, email, isCreatorParty, actedAt: type === 'RECEIVER' ? undefined : actedAt, hasDeclined: false };
}

function keyPointersOf(values: Readonly<Record<string, unknown>>, addressBook: AddressBook): Map<string, KeyPointerValue> {
  return new Map(Object.entries(values).map(([name, value]) => [name, { ...addressBook.keyPointer(name, value), value }]));
}
