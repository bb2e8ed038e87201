import type { ContractFacts } from '../contract/contract-facts.ts';
import type { ContractFact } from './layout.ts';
import { firstWithText } from './legal-text.ts';

/** Fields that hold a moment and take a date pattern. */
export type DateField = 'executedAt' | 'createdAt';

/** Fields that hold one text. */
export type TextField =
  | 'title'
  | 'contractId'
  | 'referenceId'
  | 'contractType'
  | 'counterparty'
  | 'counterparties'
  | 'entity'
  | 'owner'
  | 'version'
  | 'status'
  | 'kind';

/** What SpotDraft keeps about the linked record of another system, in SpotDraft's words; `record_data` has fields of its own. */
export type ExternalMetadataField =
  | `externalMetadata.${'id' | 'integration_name' | 'record_type' | 'object_configuration_id'}`
  | `externalMetadata.record_data.${string}`;

/** Every name that may stand in the braces of a layout. */
export type LayoutField = DateField | TextField | `keyPointer.${string}` | ExternalMetadataField;

/**
 * How readily a part of a name is shortened when the name is too long: `text` first, `detail` (dates, versions, the layout's own words) only when
 * it is absurdly long, `identity` (contract id and reference id) last.
 */
export type Weight = 'text' | 'detail' | 'identity';

export interface TextFieldDefinition {
  readonly fact: ContractFact;
  readonly weight: Weight;
  /** What stands in the name when the contract has no such value and the layout gives no default. */
  readonly missing: string;
  /** The field that is asked first when the contract has no such value and the layout gives no default. */
  readonly standIn?: TextField;
  read(facts: ContractFacts): string | undefined;
}

/** The fields that hold one text, and what stands in a name when it is missing. */
export const textFields: Readonly<Record<TextField, TextFieldDefinition>> = {
  title: { fact: 'title', weight: 'text', missing: 'Untitled', read: ({ title }) => withoutFileExtension(title) },
  contractId: { fact: 'contractId', weight: 'identity', missing: 'Unknown contract', read: ({ contractId }) => contractId },
  referenceId: {
    fact: 'referenceId',
    weight: 'identity',
    missing: 'No reference',
    standIn: 'contractId',
    read: ({ referenceId }) => referenceId,
  },
  contractType: { fact: 'contractType', weight: 'text', missing: 'Unknown contract type', read: ({ contractType }) => contractType },
  counterparty: {
    fact: 'counterparties',
    weight: 'text',
    missing: 'Unknown counterparty',
    read: ({ counterparties }) => firstWithText(counterparties),
  },
  counterparties: {
    fact: 'counterparties',
    weight: 'text',
    missing: 'Unknown counterparty',
    read: ({ counterparties }) => counterparties.filter((name) => firstWithText([name])).join(', '),
  },
  entity: { fact: 'entity', weight: 'text', missing: 'Unknown entity', read: ({ entity }) => entity },
  owner: { fact: 'owner', weight: 'text', missing: 'Unknown owner', read: ({ owner }) => firstWithText([owner?.name, owner?.email]) },
  version: { fact: 'versionId', weight: 'detail', missing: 'Unknown version', read: ({ versionId }) => versionId },
  status: { fact: 'status', weight: 'text', missing: 'Unknown status', read: ({ status }) => status },
  kind: { fact: 'kind', weight: 'text', missing: 'Unknown kind', read: ({ kind }) => kind },
};

/** The fields that hold a moment. */
export const dateFields: readonly DateField[] = ['executedAt', 'createdAt'];

/** The fields of a linked record that have fixed names, and where `ContractFacts` keeps them. */
export const externalMetadataFields = {
  id: 'id',
  integration_name: 'integrationName',
  record_type: 'recordType',
  object_configuration_id: 'objectConfigurationId',
} as const;

/** Fields of which a file name needs one, so that people can tell the documents of one folder apart. */
export const identifyingFields: readonly LayoutField[] = ['title', 'contractId', 'referenceId'];

/** The fact of `ContractFacts` that a field is made of. */
export function factBehind(field: LayoutField): ContractFact {
  if (isDateField(field)) return field;
  if (isTextField(field)) return textFields[field].fact;
  return field.startsWith('keyPointer.') ? 'keyPointers' : 'externalMetadata';
}

export function isTextField(name: string): name is TextField {
  return Object.hasOwn(textFields, name);
}

export function isDateField(name: string): name is DateField {
  return (dateFields as readonly string[]).includes(name);
}

// Uploaded contracts are often titled like the file they came from. The document gets its own extension, so `NDA.docx` must not become `NDA.docx.pdf`.
function withoutFileExtension(title: string): string {
  return title.replace(/\.(?:pdf|docx?)\s*$/i, '');
}
