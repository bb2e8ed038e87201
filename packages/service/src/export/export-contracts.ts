import type { Kysely } from 'kysely';
import { argumentError } from '../argument-error.ts';
import type { ContractFilter, ContractOrder, ContractQuery } from '../contracts/contract-query.ts';
import { type FoundContract, searchContracts } from '../contracts/search-contracts.ts';
import type { Tables } from '../database/tables.ts';
import { csvColumns, csvRows } from './csv-columns.ts';
import { keyPointerNames } from './key-pointer-names.ts';
import { receiptedDestinations } from './receipted-destinations.ts';

/** Which contracts, and how they are written. */
export interface ExportQuery extends ContractFilter, Pick<ContractQuery, 'direction'> {
  /**
   * In another order, a contract that is archived or refreshed while the export is under way may change its place, and be left out or written twice.
   *
   * @default 'contractId'
   */
  readonly orderBy?: ContractOrder | undefined;
  /** `csv`: for spreadsheets, one row a contract. `jsonl`: for programs, one JSON object a line. */
  readonly format: 'csv' | 'jsonl';
  /** Field names of the key pointers that get columns in a CSV. @default all that the index has */
  readonly keyPointerColumns?: readonly string[] | undefined;
}

export interface ExportContext {
  readonly database: Kysely<Tables>;
  /** Names of the destinations that are configured. Each gets columns, and after them each that was removed and has receipts. */
  readonly destinations: readonly string[];
}

/** So many contracts are in memory at a time. */
const pageSize = 500;

/**
 * Writes the contracts that fit a query, as UTF-8. The next page is read when its bytes are wanted, so memory stays flat.
 *
 * Throws `ConfigurationError` for an unknown format.
 */
export function exportContracts(query: ExportQuery, context: ExportContext): ReadableStream<Uint8Array> {
  if (query.format !== 'csv' && query.format !== 'jsonl') throw argumentError('format', "Pass 'csv' or 'jsonl'.");
  const texts = query.format === 'csv' ? csvTexts(query, context) : jsonLines(query, context);
  return ReadableStream.from(texts).pipeThrough(new TextEncoderStream());
}

async function* csvTexts(query: ExportQuery, context: ExportContext): AsyncGenerator<string, void, undefined> {
  const { keyPointerColumns = await keyPointerNames(context.database) } = query;
  const destinations = new Set([...context.destinations, ...(await receiptedDestinations(context.database))]);
  const columns = csvColumns([...destinations], keyPointerColumns);
  // The mark by which spreadsheets tell UTF-8 from their own encodings.
  yield `\uFEFF${csvRows([columns.map(({ name }) => name)])}`;
  for await (const page of pagesOf(query, context)) yield csvRows(page.map((contract) => columns.map(({ read }) => read(contract))));
}

async function* jsonLines(query: ExportQuery, context: ExportContext): AsyncGenerator<string, void, undefined> {
  for await (const page of pagesOf(query, context))
    yield page.map(({ cursor: _place, ...contract }) => `${JSON.stringify(contract)}\n`).join('');
}

async function* pagesOf(query: ExportQuery, { database }: ExportContext): AsyncGenerator<readonly FoundContract[], void, undefined> {
  const { orderBy = 'contractId' } = query;
  let after: string | undefined;
  do {
    const page = await searchContracts(database, { ...query, orderBy, limit: pageSize, after });
    if (page.length > 0) yield page;
    after = page.length < pageSize ? undefined : page.at(-1)?.cursor;
  } while (after !== undefined);
}
