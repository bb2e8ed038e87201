import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables.ts';
import { placeOf, type WriteBackOptions } from './write-back-options.ts';

export interface VersionToTell {
  readonly contractId: string;
  readonly versionId: string | undefined;
}

/**
 * Tells of which of some archived contracts SpotDraft was not told, in the place that is asked for, where the copies of a version lie: those that were
 * archived before `writeBack` was set, or set otherwise. None when it is not set.
 */
export async function unwrittenOf(
  database: Kysely<Tables>,
  contractIds: readonly string[],
  options: WriteBackOptions | undefined,
): Promise<(version: VersionToTell) => boolean> {
  if (options === undefined) return () => false;
  const rows = await database
    .selectFrom('archive_write_backs')
    .select(['contract_id', 'version_id'])
    .where('contract_id', 'in', contractIds)
    .where('place', '=', placeOf(options))
    .execute();
  const written = new Map(rows.map((row) => [row.contract_id, row.version_id ?? undefined]));
  return ({ contractId, versionId }) => !written.has(contractId) || written.get(contractId) !== versionId;
}
