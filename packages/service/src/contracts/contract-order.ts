import { type Expression, type ExpressionBuilder, type RawBuilder, sql as raw, type SqlBool } from 'kysely';
import { argumentError } from '../argument-error.ts';
import type { Tables } from '../database/tables.ts';
import type { ContractOrder, ContractQuery } from './contract-query.ts';

type SortValue = string | number;

/** A contract's place in an order. */
interface Place {
  readonly value: SortValue;
  readonly contractId: string;
}

export interface OrderedQuery {
  /** What contracts are sorted by; never null. */
  readonly sortValue: RawBuilder<SortValue>;
  readonly direction: 'asc' | 'desc';
  /** The condition that a contract comes after the page before; undefined for the first page. */
  readonly after: (builder: ExpressionBuilder<Tables, 'archive_contracts'>) => Expression<SqlBool> | undefined;
}

// A missing date is earlier than every date: a null would compare with nothing, and its contract would be on no page.
const sortValues: Readonly<Record<ContractOrder, RawBuilder<SortValue>>> = {
  archivedAt: raw<SortValue>`archived_at`,
  executedAt: raw<SortValue>`coalesce(executed_at, ${raw.lit(Number.MIN_SAFE_INTEGER)})`,
  expiryDate: raw<SortValue>`coalesce(expires_on, '')`,
  title: raw<SortValue>`coalesce(title_key, '')`,
  contractId: raw<SortValue>`contract_id`,
};

/** How a query sorts, and where its page begins. Throws `ConfigurationError` for an unknown order and for a cursor that is none. */
export function orderOf({ orderBy = 'archivedAt', direction = 'descending', after }: ContractQuery): OrderedQuery {
  if (!Object.hasOwn(sortValues, orderBy)) throw argumentError('orderBy', `Pass ${Object.keys(sortValues).join(', ')}.`);
  const sortValue = sortValues[orderBy];
  const isAscending = direction === 'ascending';
  const last = after === undefined ? undefined : readCursor(after, orderBy);
  return {
    sortValue,
    direction: isAscending ? 'asc' : 'desc',
    after: (builder) =>
      last &&
      builder(builder.tuple(sortValue, builder.ref('contract_id')), isAscending ? '>' : '<', builder.tuple(last.value, last.contractId)),
  };
}

/** Names the place of a contract for the next page. */
export function cursorOf({ value, contractId }: Place): string {
  return Buffer.from(JSON.stringify([value, contractId])).toString('base64url');
}

function readCursor(cursor: string, orderBy: ContractOrder): Place {
  const [value, contractId] = parse(cursor);
  const type = orderBy === 'archivedAt' || orderBy === 'executedAt' ? 'number' : 'string';
  if (typeof value === type && typeof contractId === 'string') return { value: value as SortValue, contractId };
  throw argumentError('after', 'Pass the cursor of a contract that was found in the same order.');
}

function parse(cursor: string): readonly unknown[] {
  try {
    const place: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(place) ? place : [];
  } catch {
    return [];
  }
}
