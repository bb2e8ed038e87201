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

const pageSize = 500;

/** Contracts that were archived in a range of time, those archived last first, and that SpotDraft did not list. */
export async function unlistedContracts(
  database: Kysely<Tables>,
  { from, to, listed, limit }: ArchivedBetween,
): Promise<readonly string[]> {
  const unlisted: string[] = [];
  let last = { archived_at: to, contract_id: '' };
  for (;;) {
    const { archived_at: before, contract_id: after } = last;
    const page = await database
      .selectFrom('archive_contracts')
      .select(['contract_id', 'archived_at'])
      .where('source_state', '=', 'EXECUTED')
      .where('archived_at', '>=', from)
      .where('archived_at', '<=', before)
      .where((eb) => eb.or([eb('archived_at', '<', before), eb('contract_id', '>', after)]))
      .orderBy('archived_at', 'desc')
      .orderBy('contract_id')
      .limit(pageSize)
      .execute();
    unlisted.push(...page.map((row) => row.contract_id).filter((id) => !listed.has(id)));
    last = page.at(-1) ?? last;
    if (page.length < pageSize || unlisted.length >= limit) return unlisted.slice(0, limit);
  }
}
