import { type AssessedContract, assessContracts, type Survey } from './assess-contracts.ts';
import { type DateRange, type DateWindow, dayMs, windowsOf } from './date-range.ts';
import { enqueueContract } from './enqueue-contract.ts';

export interface RepairOptions extends DateRange {
  /** Report only. @default false */
  readonly dryRun?: boolean | undefined;
}

/**
 * What is wrong with a contract in the archive. `missing`: no attempt at it ever began. `unfinished`: it lacks a receipt in some destination.
 * `outdated version`: SpotDraft has a newer executed version than the one that was archived.
 */
export type FindingKind = 'missing' | 'unfinished' | 'outdated version';

export interface Finding {
  readonly kind: FindingKind;
  readonly contractId: string;
  /** The destinations that lack a copy. */
  readonly destinations: readonly string[];
  /**
   * `archive`: a job is enqueued. `none`: its job is on the way already, or it is parked or dead, which `status` explains and `resume` or
   * `redrive` ends.
   */
  readonly action: 'archive' | 'none';
}

export interface RepairReport {
  /** How many contracts were looked at. */
  readonly looked: number;
  readonly findings: readonly Finding[];
  /** False after a dry run. */
  readonly isApplied: boolean;
}

/**
 * Compares SpotDraft with the archive, and enqueues what is missing.
 *
 * Contracts are found by the date of execution, a day more on both sides since SpotDraft does not say in which time zone that date is, and by
 * the date of their last update. One request for each contract that was updated and may have a new version, and one for each 100 listed.
 */
export async function repair(options: RepairOptions, survey: Survey): Promise<RepairReport> {
  const findings = new Map<string, { readonly contract: AssessedContract; readonly finding: Finding }>();
  const looked = new Set<string>();

  for await (const { contract, window } of contractsToLookAt(options, survey)) {
    if (looked.has(contract.contractId) && window === undefined) continue;
    looked.add(contract.contractId);
    if (findings.has(contract.contractId)) continue;
    const kind = await kindOf(contract, { window, survey, signal: options.signal });
    if (kind !== undefined) findings.set(contract.contractId, { contract, finding: findingOf(kind, contract, survey) });
  }

  const isApplied = options.dryRun !== true;
  for (const { contract, finding } of findings.values()) {
    if (isApplied && finding.action === 'archive') await enqueueContract(contract, survey);
  }
  return { looked: looked.size, findings: [...findings.values()].map(({ finding }) => finding), isApplied };
}

interface ContractToLookAt {
  readonly contract: AssessedContract;
  /** The window in which it was updated last; absent when it was found by its execution. */
  readonly window?: DateWindow | undefined;
}

async function* contractsToLookAt(options: RepairOptions, survey: Survey): AsyncGenerator<ContractToLookAt, void, undefined> {
  const { signal } = options;
  const [first, last] = endsOf(options);
  for (const window of windowsOf({ from: new Date(first - dayMs), to: new Date(last + dayMs) }, 7 * dayMs)) {
    for await (const contract of assessContracts({ ...survey, by: 'execution', window, signal })) yield { contract };
  }
  // Short windows: a contract that was archived after the end of its window cannot have a version that is newer.
  for (const window of windowsOf(options, dayMs)) {
    for await (const contract of assessContracts({ ...survey, by: 'update', window, signal })) yield { contract, window };
  }
}

function endsOf(range: DateRange): readonly [number, number] {
  const windows = [...windowsOf(range, Number.MAX_SAFE_INTEGER / 2)];
  return [windows[0]?.from.getTime() ?? 0, windows.at(-1)?.to.getTime() ?? 0];
}

interface KindOptions extends Pick<RepairOptions, 'signal'> {
  readonly window: DateWindow | undefined;
  readonly survey: Survey;
}

async function kindOf(contract: AssessedContract, { window, survey, signal }: KindOptions): Promise<FindingKind | undefined> {
  if (contract.lacking.length > 0) return contract.isBegun ? 'unfinished' : 'missing';
  if (window === undefined || (contract.archivedAt ?? 0) > window.to.getTime()) return undefined;
  const { versionId } = await survey.spotdraft.contracts.downloadLink(contract.contractId, { signal });
  return versionId === contract.versionId ? undefined : 'outdated version';
}

function findingOf(kind: FindingKind, { contractId, lacking, job }: AssessedContract, { destinations }: Survey): Finding {
  return {
    kind,
    contractId,
    destinations: kind === 'outdated version' ? destinations : lacking,
    action: job === undefined ? 'archive' : 'none',
  };
}
