import type { ContractFacts } from '../../src/contract/contract-facts.ts';
import type { NamingRules } from '../../src/destination/naming-rules.ts';
import { defineLayout, type LayoutOptions } from '../../src/naming/define-layout.ts';
import { type NameDocumentOptions, nameDocument } from '../../src/naming/name-document.ts';

/** Rules that refuse nothing. */
export const permissive: NamingRules = {
  forbiddenCharacters: '',
  reservedNames: [],
  forbiddenPrefixes: [],
  forbiddenFragments: [],
  forbiddenEndings: '',
  supportsAstralCharacters: true,
  maxNameLength: 255,
  maxPathLength: 4096,
  lengthUnit: 'utf16',
  caseSensitive: true,
};

/** Rules like those of Windows and SharePoint. */
export const windows: NamingRules = {
  ...permissive,
  forbiddenCharacters: '\\:*?"<>|',
  reservedNames: ['CON', 'NUL', 'desktop.ini'],
  forbiddenPrefixes: ['~$'],
  forbiddenFragments: ['_vti_'],
  forbiddenEndings: '. ',
  reservedRootNames: ['forms'],
};

/** A contract about which everything is known. */
export const facts: ContractFacts = {
  contractId: 'T-19589',
  title: 'Mutual NDA',
  status: 'EXECUTED',
  referenceId: 'SD-1234',
  contractType: 'NDA',
  kind: 'TEMPLATE_CONTRACT',
  counterparties: ['Acme Inc', 'Zenith Ltd'],
  entity: 'Example GmbH',
  owner: { name: 'Olga Owner', email: 'olga@example.com' },
  createdAt: new Date('2026-01-02T03:04:05Z'),
  executedAt: new Date('2026-03-31T22:30:00Z'),
  versionId: '77120',
};

export interface Choice extends Partial<NameDocumentOptions> {
  readonly facts?: Partial<ContractFacts>;
  readonly timeZone?: LayoutOptions['timeZone'];
}

/** The whole path that a layout gives a document, as one text. */
export function pathOf(template: string, { facts: changes, timeZone, ...options }: Choice = {}): string {
  const layout = defineLayout(template, { timeZone });
  const path = nameDocument({ ...facts, ...changes }, { layout, rules: permissive, document: 'signed-pdf', key: 'a-key', ...options });
  return [...path.folders, path.name].join('/');
}
