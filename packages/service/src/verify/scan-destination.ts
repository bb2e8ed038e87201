import { ArchiveError, type StorageDestination } from '@spotdraft-archive/core';
import type { Kysely } from 'kysely';
import { readJson } from '../database/json-column.ts';
import type { Tables } from '../database/tables.ts';
import { type JobFailure, jobFailureOf } from '../jobs/job-failure.ts';
import type { JobQueue } from '../jobs/job-queue.ts';
import { listParked, park } from '../parking/parked.ts';
import type { Finding, PlannedRepair } from '../repair/finding.ts';
import type { WrittenReceipt } from './change-receipt.ts';
import { checkCopy } from './check-copy.ts';
import { keysWithFindings, saveFindings } from './open-findings.ts';
import { planCopy } from './plan-copy.ts';
import type { Restores } from './restore-options.ts';
import { isSampled } from './sample.ts';
import type { ScanCounts, ScanRound } from './scan-progress.ts';
import type { VerifySettings } from './verify-options.ts';

export interface ScanContext {
  readonly database: Kysely<Tables>;
  readonly queue: JobQueue;
  /** The destination's name. */
  readonly name: string;
  readonly destination: StorageDestination;
  readonly settings: VerifySettings;
  readonly now: () => number;
  readonly wake: () => void;
  /** Told of what was found about each copy, in order. */
  readonly onFindings: (findings: readonly Finding[]) => void;
}

/** A page of copies and what became of the look at them. */
export interface ScannedPage {
  readonly scan: ScanRound;
  readonly isLast: boolean;
  /** Why the destination was let alone; the copies that were left out are the next to be looked at. */
  readonly passedOver?: JobFailure | undefined;
}

/** Copies that are looked at between two notes of how far the scan has come. */
const pageSize = 50;

/** After so many failures in a row it is asked whether the destination is in order. If it is not, it is let alone for now. */
const failuresInARow = 3;

/** Looks at the next page of a destination's copies, and does what is to be done about them. */
export async function scanPage(scan: ScanRound, context: ScanContext, limit: number): Promise<ScannedPage> {
  const { database, name, settings } = context;
  const parked = (await listParked(database)).find((row) => row.name === name);
  if (parked) {
    const { code, message, hint } = parked;
    return { scan, isLast: false, passedOver: { code, message, hint, recovery: 'operator' } };
  }

  const rows = await copiesAfter(scan, context, Math.min(limit, pageSize));
  const known = await keysWithFindings(
    database,
    rows.map(({ receipt }) => receipt.key),
    name,
  );
  const restores: Restores = { count: scan.counts.restored, max: settings.maxRestored };
  let [position, counts, failures] = [scan.position, scan.counts, 0];
  for (const row of rows) {
    settings.signal?.throwIfAborted();
    const isRead = isSampled(row.receipt.key, { share: settings.sampleShare, round: scan.round });
    const failure = await lookAt(row, context, { isRead, isKnown: known.has(row.receipt.key), restores });
    failures = failure ? (failures % failuresInARow) + 1 : 0;
    if (failure && (failure.recovery === 'operator' || (failures === failuresInARow && !(await isInOrder(context))))) {
      return { scan: { ...scan, position, counts }, isLast: false, passedOver: failure };
    }
    // A copy that could not be looked at is left to the next round, unless the whole destination fails.
    if (!failure) position = row.receipt.key;
    counts = added(counts, { isRead, isFailed: failure !== undefined, restored: restores.count });
  }
  return { scan: { ...scan, position: rows.at(-1)?.receipt.key ?? position, counts }, isLast: rows.length < Math.min(limit, pageSize) };
}

/** Tells copies that can never be looked at, at which the scan would stop for ever, from a destination that fails. */
async function isInOrder({ destination, settings: { signal } }: ScanContext): Promise<boolean> {
  try {
    return (await destination.check({ signal })).ok;
  } catch {
    signal?.throwIfAborted();
    return false;
  }
}

interface Look {
  readonly isRead: boolean;
  /** True when an earlier look has left something to a person. */
  readonly isKnown: boolean;
  readonly restores: Restores;
}

/** Looks at one copy. Answers with the failure of its destination, if it failed. */
export async function lookAt(
  { leftAlone, ...written }: CopyRow,
  context: ScanContext,
  { isRead, isKnown, restores }: Look,
): Promise<JobFailure | undefined> {
  const { database, name, destination, settings, now } = context;
  const { key } = written.receipt;
  let planned: readonly PlannedRepair[];
  try {
    const check = await checkCopy(written.receipt, { destination, isRead, leftAlone, signal: settings.signal });
    planned = await planCopy(written, check, { ...context, ...settings, restores });
  } catch (error) {
    settings.signal?.throwIfAborted();
    if (ArchiveError.isInstance(error) && error.code.startsWith('ledger.')) throw error;
    const failure = jobFailureOf(error);
    if (!settings.dryRun) await park(database, { [name]: failure }, now());
    return failure;
  }
  const findings = planned.map(({ finding }) => finding);
  if (findings.length > 0) settings.onPlan?.(findings);
  if (!settings.dryRun) {
    for (const { apply } of planned) await apply?.();
    if (isKnown || findings.length > 0) await saveFindings(database, { key, destination: name, findings }, now());
  }
  context.onFindings(findings);
  return undefined;
}

export interface CopyRow extends WrittenReceipt {
  readonly leftAlone: string | undefined;
}

async function copiesAfter({ position }: ScanRound, { database, name }: ScanContext, limit: number): Promise<readonly CopyRow[]> {
  const rows = await database
    .selectFrom('archive_ledger')
    .select(['receipt', 'left_alone'])
    .where('destination', '=', name)
    .where('receipt', 'is not', null)
    .where('key', '>', position ?? '')
    .orderBy('key')
    .limit(limit)
    .execute();
  return rows.flatMap(readCopyRow);
}

/** The copies of one contract in a destination. */
export async function copiesOf(
  contractId: string,
  { database, name }: Pick<ScanContext, 'database' | 'name'>,
): Promise<readonly CopyRow[]> {
  const rows = await database
    .selectFrom('archive_ledger')
    .select(['receipt', 'left_alone'])
    .where('contract_id', '=', contractId)
    .where('destination', '=', name)
    .where('receipt', 'is not', null)
    .orderBy('key')
    .execute();
  return rows.flatMap(readCopyRow);
}

function readCopyRow({
  receipt: text,
  left_alone: leftAlone,
}: {
  readonly receipt: WrittenReceipt['text'] | null;
  readonly left_alone: string | null;
}): readonly CopyRow[] {
  const receipt = readJson(text);
  return receipt && text !== null ? [{ receipt, text, leftAlone: leftAlone ?? undefined }] : [];
}

interface Looked {
  readonly isRead: boolean;
  readonly isFailed: boolean;
  readonly restored: number;
}

function added(counts: ScanCounts, { isRead, isFailed, restored }: Looked): ScanCounts {
  return {
    checked: counts.checked + (isFailed ? 0 : 1),
    read: counts.read + (isRead && !isFailed ? 1 : 0),
    failed: counts.failed + (isFailed ? 1 : 0),
    restored,
  };
}
