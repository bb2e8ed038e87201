import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables.ts';
import type { ContractNumbers } from './contract-numbers.ts';

export interface ArchivedBetween {
  /** Milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
  /** What SpotDraft has just listed. */
  readonly listed: ContractNumbers;
  readonly limit: number;
}

/** Contracts that were archived in a range of time, those archived last first, and that SpotDraft did not list. */
export async function unlistedContracts(
  database: Kysely<Tables>,
  { from, to, listed, limit }: ArchivedBetween,
): Promise<readonly string[]> {
  const rows = database
    .selectFrom('archive_contracts')
    .select('contract_id')
    .where('source_state', '=', 'EXECUTED')
    .where('archived_at', '>=', from)
    .where('archived_at', '<=', to)
    .orderBy('archived_at', 'desc');
  const unlisted: string[] = [];
  for (let offset = 0; ; offset += pageSize) {
    const page = await rows.orderBy('contract_id').limit(pageSize).offset(offset).execute();
    unlisted.push(...page.map((row) => row.contract_id).filter((id) => !listed.has(id)));
    if (page.length < pageSize || unlisted.length >= limit) return unlisted.slice(0, limit);
  }
}

const pageSize = 500;
