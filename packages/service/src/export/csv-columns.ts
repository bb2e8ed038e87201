import { metadataText, type Receipt } from '@spotdraft-archive/core';
import { stringify } from 'csv-stringify/sync';
import type { IndexedContract } from '../contracts/search-contracts.ts';

export interface CsvColumn {
  readonly name: string;
  readonly read: (contract: IndexedContract) => string | undefined;
}

/** The columns of a CSV: the contract, its copy in each destination, and its key pointers. Times are ISO 8601, in UTC. */
export function csvColumns(destinations: readonly string[], keyPointers: readonly string[]): readonly CsvColumn[] {
  return [...contractColumns, ...destinations.flatMap(columnsOfDestination), ...keyPointers.map(columnOfKeyPointer)];
}

/** Writes rows as RFC 4180 has it. A cell that a spreadsheet would run as a formula begins with an apostrophe. https://owasp.org/www-community/attacks/CSV_Injection */
export function csvRows(rows: readonly (readonly (string | undefined)[])[]): string {
  return stringify(rows as (string | undefined)[][], { escape_formulas: true, record_delimiter: 'windows' });
}

const contractColumns: readonly CsvColumn[] = [
  { name: 'contractId', read: ({ contractId }) => contractId },
  { name: 'title', read: ({ title }) => title },
  { name: 'referenceId', read: ({ referenceId }) => referenceId },
  { name: 'contractType', read: ({ contractType }) => contractType },
  { name: 'counterparties', read: ({ counterparties }) => counterparties.join('; ') },
  { name: 'entity', read: ({ entity }) => entity },
  { name: 'kind', read: ({ kind }) => kind },
  { name: 'ownerName', read: ({ owner }) => owner?.name },
  { name: 'ownerEmail', read: ({ owner }) => owner?.email },
  { name: 'sourceState', read: ({ sourceState }) => sourceState },
  { name: 'createdAt', read: ({ createdAt }) => createdAt },
  { name: 'executedAt', read: ({ executedAt }) => executedAt },
  { name: 'effectiveDate', read: ({ effectiveDate }) => effectiveDate },
  { name: 'expiryDate', read: ({ expiryDate }) => expiryDate },
  { name: 'archivedAt', read: ({ archivedAt }) => archivedAt.toISOString() },
  { name: 'versionId', read: ({ versionId }) => versionId },
  { name: 'sourceUrl', read: ({ sourceUrl }) => sourceUrl },
  { name: 'routedTo', read: ({ routedTo }) => routedTo?.join('; ') },
];

const receiptColumns = [
  'webUrl',
  'path',
  'id',
  'revision',
  'size',
  'sha256',
  'destinationHash',
  'storedAt',
  'outcome',
] as const satisfies readonly (keyof Receipt)[];

function columnsOfDestination(destination: string): readonly CsvColumn[] {
  return receiptColumns.map((column) => ({
    name: `${destination}.${column}`,
    read: ({ receipts }) => receipts[destination]?.[column]?.toString(),
  }));
}

function columnOfKeyPointer(fieldName: string): CsvColumn {
  return {
    name: `keyPointer.${fieldName}`,
    read: ({ keyPointers }) => metadataText(keyPointers?.find((pointer) => pointer.fieldName === fieldName)?.value),
  };
}
