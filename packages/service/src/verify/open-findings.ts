import type { Kysely } from 'kysely';
import { readJson, writeJson } from '../database/json-column.ts';
import type { FindingsTable, Tables } from '../database/tables.ts';
import type { Finding } from '../repair/finding.ts';

/** A finding about a copy that waits for a person. */
export interface OpenFinding extends Finding {
  /** When it was found last. */
  readonly foundAt: Date;
}

export interface LookedAt {
  readonly key: string;
  readonly destination: string;
  /** What the look has shown. */
  readonly findings: readonly Finding[];
}

/** Keeps what a look at a copy has left to a person, and forgets what earlier looks had. */
export async function saveFindings(database: Kysely<Tables>, { key, destination, findings }: LookedAt, now: number): Promise<void> {
  const rows: FindingsTable[] = findings
    .filter(({ action }) => action === 'none')
    .map((finding) => ({
      key,
      destination,
      kind: finding.kind,
      contract_id: finding.contractId,
      finding: writeJson(finding),
      found_at: now,
    }));
  await database.transaction().execute(async (transaction) => {
    await transaction.deleteFrom('archive_findings').where('key', '=', key).where('destination', '=', destination).execute();
    if (rows.length > 0) await transaction.insertInto('archive_findings').values(rows).execute();
  });
}

/** Which of some copies have findings. */
export async function keysWithFindings(
  database: Kysely<Tables>,
  keys: readonly string[],
  destination: string,
): Promise<ReadonlySet<string>> {
  if (keys.length === 0) return new Set();
  const rows = await database
    .selectFrom('archive_findings')
    .select('key')
    .where('key', 'in', keys)
    .where('destination', '=', destination)
    .execute();
  return new Set(rows.map(({ key }) => key));
}

export interface ListFindingsOptions {
  /** How many at most. @default 1_000 */
  readonly limit?: number | undefined;
}

/** What waits for a person, found first first. */
export async function listFindings(database: Kysely<Tables>, { limit = 1_000 }: ListFindingsOptions = {}): Promise<readonly OpenFinding[]> {
  const rows = await database
    .selectFrom('archive_findings')
    .select(['finding', 'found_at'])
    .orderBy('found_at')
    .orderBy('key')
    .limit(limit)
    .execute();
  return rows.flatMap(({ finding, found_at: foundAt }) => {
    const read = readJson(finding);
    return read ? { ...read, foundAt: new Date(foundAt) } : [];
  });
}
