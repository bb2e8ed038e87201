import type { Transaction } from 'kysely';
import type { Tables } from '../tables.ts';

/** When SpotDraft was asked last whether a contract has a newer version. */
export async function versionChecks({ schema }: Transaction<Tables>): Promise<void> {
  await schema.alterTable('archive_contracts').addColumn('version_checked_at', 'bigint').execute();
}
