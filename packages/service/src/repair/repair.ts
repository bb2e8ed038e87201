import { restoreDefaults } from '../verify/restore-options.ts';
import { verify } from '../verify/verify.ts';
import type { VerifyOptions } from '../verify/verify-options.ts';
import { assessBatches, type Survey } from './assess-contracts.ts';
import { ContractNumbers } from './contract-numbers.ts';
import { alignedWindowsOf, type DateRange, type DateWindow, dayMs, endsOf, windowsOf } from './date-range.ts';
import type { Finding, FindingKind, PlannedRepair } from './finding.ts';
import { FindingsReport } from './findings-report.ts';
import { planContract, planNewerVersion } from './plan-contract.ts';
import { idsAtOnce, planGone } from './plan-gone.ts';
import { unlistedContracts } from './unlisted-contracts.ts';
import { planUnresolved, UnresolvedRows } from './unresolved-rows.ts';

export interface RepairOptions extends DateRange {
  /** Report only: the report is the plan. @default false */
  readonly dryRun?: boolean | undefined;
  /** Told of findings before anything is done about them. */
  readonly onPlan?: ((findings: readonly Finding[]) => void) | undefined;
  /**
   * Also looks at the copies in the stores. `true`, or what to do about those that are not in order. Costs a request or two of the store for
   * each copy.
   *
   * @default false
   */
  readonly verify?: boolean | CopyChecks | undefined;
}

/** How the copies of the contracts are looked at. */
export type CopyChecks = Pick<VerifyOptions, 'deleted' | 'altered' | 'maxRestored' | 'sampleShare' | 'requestsPerSecond'>;

export interface RepairReport {
  /** How many contracts were looked at. */
  readonly looked: number;
  /** The first 10,000. */
  readonly findings: readonly Finding[];
  /** Of all findings. */
  readonly counts: Readonly<Partial<Record<FindingKind, number>>>;
  /** False after a dry run. */
  readonly isApplied: boolean;
}

/** So many contracts that SpotDraft did not list are asked for; the rolling scan comes to the others. */
const mostUnlisted = 1_000;

/** A range is looked through for updates in about so many windows of whole hours, none longer than a day. */
const updateWindows = 12;
const hourMs = dayMs / 24;

function wholeHours(lengthMs: number): number {
  return Math.round(lengthMs / hourMs) * hourMs;
}

/**
 * Compares SpotDraft with the archive, and mends what differs. What is planned for each hundred contracts is told before it is done.
 *
 * Contracts are found by the date of execution, a day more on both sides since SpotDraft does not say in which time zone that date is, and by
 * the date of their last update. Costs one request for each 100 contracts listed, one for each that was updated and may have a new version,
 * and one for each that is missing, beside those of its job.
 */
export async function repair(options: RepairOptions, survey: Survey): Promise<RepairReport> {
  const looked = new ContractNumbers();
  const unresolved = new UnresolvedRows();
  const report = new FindingsReport();
  const dryRun = options.dryRun === true;

  for await (const planned of plansFor(options, { survey, looked, unresolved, report })) {
    const findings = planned.map(({ finding }) => finding);
    if (findings.length > 0) options.onPlan?.(findings);
    report.add(findings);
    if (!dryRun) for (const { apply } of planned) await apply?.();
  }
  return { looked: looked.size + unresolved.size, findings: report.findings, counts: report.counts, isApplied: !dryRun };
}

interface Run {
  readonly survey: Survey;
  readonly looked: ContractNumbers;
  readonly unresolved: UnresolvedRows;
  readonly report: FindingsReport;
}

async function* plansFor(options: RepairOptions, run: Run): AsyncGenerator<readonly PlannedRepair[], void, undefined> {
  const [first, last] = endsOf(options);
  for (const window of windowsOf({ from: new Date(first - dayMs), to: new Date(last + dayMs) }, 7 * dayMs)) {
    yield* planWindow({ by: 'execution', window }, options, run);
  }
  // A contract that was archived, or asked for, after the end of its window cannot have a version that is newer. So windows are short, and cut at the
  // same moments each time: then it is asked for once or twice, and not with every repair.
  const lengthMs = Math.min(Math.max((last - first) / updateWindows, hourMs), dayMs);
  for (const window of alignedWindowsOf(options, wholeHours(lengthMs))) yield* planWindow({ by: 'update', window }, options, run);
  yield* planUnlisted({ from: first, to: last }, options, run);
}

interface Listing {
  readonly by: 'execution' | 'update';
  readonly window: DateWindow;
}

async function* planWindow(
  { by, window }: Listing,
  options: RepairOptions,
  { survey, looked, unresolved, report }: Run,
): AsyncGenerator<readonly PlannedRepair[], void, undefined> {
  const { signal } = options;
  const dryRun = options.dryRun === true;
  for await (const batch of assessBatches({ ...survey, by, window, signal })) {
    const planned: PlannedRepair[] = unresolved.add(batch.unresolved).map(planUnresolved);
    const newIds: string[] = [];
    for (const contract of batch.contracts) {
      const isNew = !looked.has(contract.contractId);
      looked.add(contract.contractId);
      if (isNew) newIds.push(contract.contractId);
      const planning = { ...survey, dryRun, signal, window: by === 'update' ? window : undefined };
      // Whatever else there is was planned for when it was looked at first.
      planned.push(...(await (isNew ? planContract(contract, planning) : planNewerVersion(contract, planning))));
    }
    yield planned;
    await verifyCopies(newIds, options, { survey, report });
  }
}

/** Has the copies of contracts looked at, which tells and mends by itself. */
async function verifyCopies(
  contractIds: readonly string[],
  options: RepairOptions,
  { survey, report }: Pick<Run, 'survey' | 'report'>,
): Promise<void> {
  const { verify: checks = false, dryRun, onPlan, signal } = options;
  if (checks === false || contractIds.length === 0) return;
  const { maxRestored = restoreDefaults.maxRestored, ...chosen } = checks === true ? {} : checks;
  const left = Math.max(0, maxRestored - report.restored);
  report.add((await verify({ ...chosen, maxRestored: left, contractIds, dryRun, onPlan, signal }, survey)).findings);
}

/** Contracts that were archived in the range of time, and that no list had. */
async function* planUnlisted(
  range: { readonly from: number; readonly to: number },
  { signal }: RepairOptions,
  { survey, looked }: Run,
): AsyncGenerator<readonly PlannedRepair[], void, undefined> {
  const ids = await unlistedContracts(survey.database, { ...range, listed: looked, limit: mostUnlisted });
  for (let index = 0; index < ids.length; index += idsAtOnce) {
    yield await planGone(ids.slice(index, index + idsAtOnce), { ...survey, signal });
  }
}
