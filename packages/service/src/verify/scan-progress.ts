import type { Kysely } from 'kysely';
import { readJson, writeJson } from '../database/json-column.ts';
import type { Tables } from '../database/tables.ts';

/** What a round of a scan has done so far. */
export interface ScanCounts {
  /** Copies, or contracts, that were looked at. */
  readonly checked: number;
  /** Copies whose bytes were read. */
  readonly read: number;
  /** Copies at which the look failed; the next round looks again. */
  readonly failed: number;
  /** Copies that were stored again. */
  readonly restored: number;
}

/** A round of a scan, from the first key to the last. */
export interface ScanRound {
  readonly name: string;
  /** Counts from 1. */
  readonly round: number;
  /** The last key that was looked at. */
  readonly position: string | undefined;
  readonly counts: ScanCounts;
  readonly beganAt: number;
}

const nothing: ScanCounts = { checked: 0, read: 0, failed: 0, restored: 0 };

/** Goes on with a round that was interrupted, or begins the next one. */
export async function resumeScan(database: Kysely<Tables>, name: string, now: number): Promise<ScanRound> {
  const row = await database.selectFrom('archive_scans').selectAll().where('name', '=', name).executeTakeFirst();
  if (row && row.ended_at === null) {
    const { round, position, counts, began_at: beganAt } = row;
    return { name, round, position: position ?? undefined, counts: { ...nothing, ...readJson(counts) }, beganAt };
  }
  return { name, round: (row?.round ?? 0) + 1, position: undefined, counts: nothing, beganAt: now };
}

export interface ScanState {
  /** When the round has come to its end. */
  readonly endedAt?: number | undefined;
}

/** Keeps how far a round has come. */
export async function saveScan(database: Kysely<Tables>, scan: ScanRound, { endedAt }: ScanState = {}): Promise<void> {
  const { name, round, position = null, counts, beganAt } = scan;
  const row = { round, position, counts: writeJson(counts), began_at: beganAt, ended_at: endedAt ?? null };
  await database
    .insertInto('archive_scans')
    .values({ name, ...row })
    .onConflict((conflict) => conflict.column('name').doUpdateSet(row))
    .execute();
}
