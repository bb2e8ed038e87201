import { ArchiveError, ConfigurationError, type Destinations, type SpotDraftClient } from '@spotdraft-archive/core';
import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables.ts';
import { type JobFailure, jobFailureOf, source } from '../jobs/job-failure.ts';
import type { JobQueue } from '../jobs/job-queue.ts';
import type { Finding, FindingKind } from '../repair/finding.ts';
import { FindingsReport } from '../repair/findings-report.ts';
import { pacedDestination } from './paced-destination.ts';
import { isSampled } from './sample.ts';
import { copiesOf, lookAt, type ScanContext, type ScannedPage, scanPage } from './scan-destination.ts';
import { resumeScan, type ScanRound, saveScan } from './scan-progress.ts';
import { planSourcePage } from './scan-source.ts';
import { type VerifyOptions, type VerifySettings, verifySettings } from './verify-options.ts';

/** How far the scan of one destination has come. */
export interface ScanReport {
  /** Copies that were looked at in this call. */
  readonly checked: number;
  /** Copies whose bytes were read back in this call. */
  readonly read: number;
  /** Copies at which the look failed; the next round looks again. */
  readonly failed: number;
  /** True when the round has come to its end. */
  readonly isRoundComplete: boolean;
  /** Why the destination was let alone: it is parked, or it failed several times in a row. The next call goes on from there. */
  readonly passedOver?: JobFailure | undefined;
}

export interface VerifyReport {
  /** By destination; under `''`, contracts that SpotDraft was asked for. */
  readonly scans: Readonly<Record<string, ScanReport>>;
  /** The first 10,000. */
  readonly findings: readonly Finding[];
  /** Of all findings. */
  readonly counts: Readonly<Partial<Record<FindingKind, number>>>;
  /** False after a dry run. */
  readonly isApplied: boolean;
}

export interface VerifyContext {
  readonly database: Kysely<Tables>;
  readonly queue: JobQueue;
  readonly spotdraft: SpotDraftClient;
  readonly destinations: Destinations;
  readonly now: () => number;
  readonly wake: () => void;
}

/**
 * Looks at copies again: by their ids, by the stores' hashes, and a share of them by their bytes. Each destination is scanned for itself, page by
 * page, and goes on where the last call ended. Asks SpotDraft as well whether it still has the contracts.
 *
 * Safe to repeat and to run from several processes at once.
 */
export async function verify(options: VerifyOptions & Quotas, context: VerifyContext): Promise<VerifyReport> {
  const settings = verifySettings(options);
  const run = { settings, report: new FindingsReport(), context };
  const names = options.quotas ? [...options.quotas.keys()] : (options.destinations ?? Object.keys(context.destinations));
  const withSource = options.contractIds === undefined && options.destinations === undefined && options.quotas === undefined;
  const scans = [...new Set([...names, ...(withSource ? [source] : [])])].map(async (name) => {
    const maxCopies = options.quotas?.get(name) ?? settings.maxCopies;
    const part = { ...run, settings: { ...settings, maxCopies } };
    return [name, await (name === source ? verifySource(part) : verifyDestination(name, options, part))] as const;
  });
  // Not one of them is still at work when this rejects.
  await Promise.allSettled(scans);
  const { findings, counts } = run.report;
  return { scans: Object.fromEntries(await Promise.all(scans)), findings, counts, isApplied: !settings.dryRun };
}

/** For the timer: what to look at, and how many of each. */
interface Quotas {
  readonly quotas?: ReadonlyMap<string, number> | undefined;
}

interface Run {
  readonly settings: VerifySettings;
  readonly report: FindingsReport;
  readonly context: VerifyContext;
}

async function verifyDestination(name: string, { contractIds }: VerifyOptions, run: Run): Promise<ScanReport> {
  const { settings, report, context } = run;
  const scanned: ScanContext = {
    ...context,
    name,
    destination: pacedDestination(destinationOf(name, context), settings.requestsPerSecond),
    settings,
    onFindings: (findings) => report.add(findings),
  };
  if (contractIds !== undefined) return checkContracts(contractIds, scanned);
  return runScan(name, (scan, limit) => scanPage(scan, scanned, limit), run);
}

type NextPage = (scan: ScanRound, limit: number) => Promise<ScannedPage>;

/** Goes on with a round, page by page, and notes after each how far it has come. */
async function runScan(name: string, nextPage: NextPage, { settings, context: { database, now } }: Run): Promise<ScanReport> {
  let scan = await resumeScan(database, name, now());
  const before = scan.counts;
  for (;;) {
    const page = await nextPage(scan, settings.maxCopies - (scan.counts.checked - before.checked));
    scan = page.scan;
    const isRoundComplete = page.isLast && page.passedOver === undefined;
    if (!settings.dryRun) await saveScan(database, scan, { endedAt: isRoundComplete ? now() : undefined });
    const isEnough = scan.counts.checked - before.checked >= settings.maxCopies;
    if (isRoundComplete || isEnough || page.passedOver) return scanReport(before, { ...page, isRoundComplete });
  }
}

function scanReport(
  before: ScanRound['counts'],
  { scan: { counts }, isRoundComplete, passedOver }: Pick<ScanReport, 'isRoundComplete' | 'passedOver'> & { readonly scan: ScanRound },
): ScanReport {
  return {
    checked: counts.checked - before.checked,
    read: counts.read - before.read,
    failed: counts.failed - before.failed,
    isRoundComplete,
    passedOver,
  };
}

/** Looks at the copies of some contracts, all their versions and documents. */
async function checkContracts(contractIds: readonly string[], context: ScanContext): Promise<ScanReport> {
  const restores = { count: 0, max: context.settings.maxRestored };
  let [checked, read, failed] = [0, 0, 0];
  for (const contractId of contractIds) {
    for (const copy of await copiesOf(contractId, context)) {
      const isRead = isSampled(copy.receipt.key, { share: context.settings.sampleShare, round: 0 });
      const failure = await lookAt(copy, context, { isRead, isKnown: true, restores });
      failed += failure ? 1 : 0;
      checked += failure ? 0 : 1;
      read += isRead && !failure ? 1 : 0;
      if (failure?.recovery === 'operator') return { checked, read, failed, isRoundComplete: false, passedOver: failure };
    }
  }
  return { checked, read, failed, isRoundComplete: false };
}

async function verifySource(run: Run): Promise<ScanReport> {
  const { settings, report, context } = run;
  const nextPage: NextPage = async (scan, limit) => {
    const page = await planSourcePage(scan, { ...context, signal: settings.signal }, limit).catch((error: unknown) => {
      settings.signal?.throwIfAborted();
      if (!ArchiveError.isInstance(error) || error.code.startsWith('ledger.')) throw error;
      return { scan, isLast: false, planned: [], passedOver: jobFailureOf(error) };
    });
    const findings = page.planned.map(({ finding }) => finding);
    if (findings.length > 0) settings.onPlan?.(findings);
    if (!settings.dryRun) for (const { apply } of page.planned) await apply?.();
    report.add(findings);
    return page;
  };
  return runScan(source, nextPage, run);
}

function destinationOf(name: string, { destinations }: VerifyContext): Destinations[string] {
  const destination = destinations[name];
  if (destination) return destination;
  const hint = `Pass some of: ${Object.keys(destinations).join(', ')}.`;
  throw new ConfigurationError(`"destinations" names "${name}", which there is not. ${hint}`, {
    code: 'config.invalid_option',
    recovery: 'never',
    hint,
    details: { option: 'destinations' },
  });
}
