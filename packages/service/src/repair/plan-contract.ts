import { ArchiveError, type DownloadLink } from '@spotdraft-archive/core';
import { markContract } from '../contracts/mark-contract.ts';
import { listParked, park } from '../parking/parked.ts';
import { pathText } from '../verify/receipt-path.ts';
import { adoptCopy, leaveAlone } from './adopt-copy.ts';
import type { AssessedContract, Survey } from './assess-contracts.ts';
import type { DateWindow } from './date-range.ts';
import { enqueueContract, enqueueWriteBacks } from './enqueue-contract.ts';
import { findUnrecorded, type UnrecordedCopy } from './find-unrecorded.ts';
import type { Finding, PlannedRepair } from './finding.ts';

export interface PlanContractOptions extends Survey {
  /** The window in which it was updated last; absent when it was found by its execution. */
  readonly window?: DateWindow | undefined;
  readonly dryRun: boolean;
  readonly signal?: AbortSignal | undefined;
}

/**
 * A contract that was archived so shortly after an update may have been read before it: the clocks differ, and between the link and the receipt lies the
 * upload.
 */
const doubtMs = 900_000;

/** Decides what is wrong with a contract that SpotDraft calls executed, and what is to be done. Nothing when all is well. */
export async function planContract(contract: AssessedContract, options: PlanContractOptions): Promise<readonly PlannedRepair[]> {
  if (contract.lacking.length > 0) return contract.job === undefined ? planLacking(contract, options) : [planBusy(contract)];
  if (contract.isRoutedOtherwise) return [planRerouted(contract, options)];
  const outdated = await planOutdated(contract, options);
  // The job of a newer version tells SpotDraft of that version.
  return [...planReturned(contract, options), ...(outdated.length > 0 ? outdated : planUnwritten(contract, options))];
}

/** The same for a contract that was looked at before: only whether it has a newer version. */
export async function planNewerVersion(contract: AssessedContract, options: PlanContractOptions): Promise<readonly PlannedRepair[]> {
  // The job that it lacks, or that routes it anew, archives the newest version.
  return contract.lacking.length > 0 || contract.isRoutedOtherwise ? [] : planOutdated(contract, options);
}

/** Its job is on the way already, or waits for a person, which `status` explains and `resume` or `redrive` ends. */
function planBusy(contract: AssessedContract): PlannedRepair {
  return { finding: { ...lackingFinding(contract, contract.lacking), action: 'none', reason: `Its job is ${contract.job}.` } };
}

async function planLacking(contract: AssessedContract, options: PlanContractOptions): Promise<readonly PlannedRepair[]> {
  const { copies, unclear } = await unrecordedCopies(contract, options);
  const adoptable = copies.filter(({ isProved }) => isProved);
  const absent = contract.lacking.filter((name) => !adoptable.some(({ destination }) => destination === name));
  const finding = lackingFinding(contract, absent);
  const planned: PlannedRepair[] = copies.map((copy) => ({
    finding: unrecordedFinding(copy),
    apply: () => (copy.isProved ? adoptCopy(copy, options) : leaveAlone(copy, options)),
  }));
  // A store that takes two files for one key must not be written to before it has answered.
  const unsafe = unclear.filter((name) => options.destinations[name]?.capabilities.atomicCreate === 'by-id');
  if (unsafe.length > 0) {
    const reason = `The look-up in ${unsafe.join(', ')} failed, which is not the same as absent. The next repair looks again.`;
    return [...planned, { finding: { ...finding, action: 'none', reason } }];
  }
  if (absent.length > 0) planned.push({ finding: { ...finding, action: 'archive' } });
  return endingWith(planned, () => enqueueContract(contract, options));
}

/** The same steps, and after the last one the contract's job, which also writes the index. */
function endingWith(planned: readonly PlannedRepair[], enqueue: () => Promise<void>): readonly PlannedRepair[] {
  const last = planned.at(-1);
  if (!last) return planned;
  const apply = async (): Promise<void> => {
    await last.apply?.();
    await enqueue();
  };
  return [...planned.slice(0, -1), { ...last, apply }];
}

function lackingFinding({ contractId, isBegun }: AssessedContract, destinations: readonly string[]): Omit<Finding, 'action'> {
  return { kind: isBegun ? 'unfinished' : 'missing', contractId, destinations };
}

interface Unrecorded {
  readonly copies: readonly UnrecordedCopy[];
  /** Destinations that could not be asked. */
  readonly unclear: readonly string[];
}

/** Looks where the contract lacks a receipt whether its copy lies there all the same. Parked destinations are not asked: no job will write there. */
async function unrecordedCopies({ contractId, lacking }: AssessedContract, options: PlanContractOptions): Promise<Unrecorded> {
  const link = await linkOf(contractId, options);
  if (!link) return { copies: [], unclear: [] };
  const parked = new Set((await listParked(options.database)).map(({ name }) => name));
  const [copies, unclear]: [UnrecordedCopy[], string[]] = [[], []];
  for (const destination of lacking.filter((name) => !parked.has(name))) {
    const answer = await findUnrecorded({ contractId, versionId: link.versionId, destination }, options);
    if ('found' in answer) {
      if (answer.found) copies.push(answer.found);
      continue;
    }
    // A destination that waits for a person is tried by no job, so the others need not wait for it.
    if (answer.failure.recovery !== 'operator') unclear.push(destination);
    else if (!options.dryRun) await park(options.database, { [destination]: answer.failure }, options.now());
  }
  return { copies, unclear };
}

/** The link tells the version, which is a part of the key. Without one there is nothing to look for yet; the job will tell why. */
async function linkOf(contractId: string, { spotdraft, signal }: PlanContractOptions): Promise<DownloadLink | undefined> {
  try {
    return await spotdraft.contracts.downloadLink(contractId, { signal });
  } catch (error) {
    if (ArchiveError.isInstance(error) && error.recovery !== 'operator') return undefined;
    throw error;
  }
}

function unrecordedFinding({ contractId, destination, key, copy, bytes, path, isProved }: UnrecordedCopy): Finding {
  const { id, revision } = copy;
  return {
    kind: 'unrecorded copy',
    contractId,
    destinations: [destination],
    key,
    expected: { sha256: copy.properties?.['sha256'] },
    found: { id, path: pathText(path), revision, size: bytes.size, hash: bytes.hash, sha256: bytes.sha256 },
    action: isProved ? 'adopt' : 'none',
    reason: isProved ? undefined : 'Its bytes are not those it was stored with, so it is left as it is and the document stored beside it.',
  };
}

/** Its job decides anew where it belongs, and stores what is not there. */
function planRerouted(contract: AssessedContract, options: PlanContractOptions): PlannedRepair {
  const { contractId, destinations, job } = contract;
  const finding = { kind: 'routed otherwise', contractId, destinations } as const;
  if (job !== undefined) return { finding: { ...finding, action: 'none', reason: `Its job is ${job}.` } };
  return { finding: { ...finding, action: 'archive' }, apply: () => enqueueContract(contract, options) };
}

function planUnwritten(contract: AssessedContract, options: PlanContractOptions): readonly PlannedRepair[] {
  const { contractId, job, isUnwritten, writeBackJob } = contract;
  // A job that archives asks for the writing when it is done.
  if (!isUnwritten || job !== undefined) return [];
  const finding = { kind: 'not written back', contractId, destinations: [] } as const;
  if (writeBackJob !== undefined) return [{ finding: { ...finding, action: 'none', reason: `Its job is ${writeBackJob}.` } }];
  return [{ finding: { ...finding, action: 'write back' }, apply: () => enqueueWriteBacks([contract], options) }];
}

/** The archive took it for deleted, but SpotDraft lists it. */
function planReturned({ contractId, sourceState }: AssessedContract, { database }: PlanContractOptions): readonly PlannedRepair[] {
  if (sourceState === 'EXECUTED') return [];
  const finding = {
    kind: 'gone at the source',
    contractId,
    destinations: [],
    expected: { sourceState },
    found: { sourceState: 'EXECUTED' },
    action: 'mark index',
  } as const;
  return [
    {
      finding,
      apply: () => database.transaction().execute((transaction) => markContract(transaction, { contractId, sourceState: 'EXECUTED' })),
    },
  ];
}

async function planOutdated(contract: AssessedContract, options: PlanContractOptions): Promise<readonly PlannedRepair[]> {
  const { contractId, currentAt = 0, destinations, versionId: archivedVersion, job } = contract;
  const { window } = options;
  if (window === undefined || currentAt > window.to.getTime() + doubtMs) return [];
  const askedAt = options.now();
  const { versionId } = await options.spotdraft.contracts.downloadLink(contractId, { signal: options.signal });
  if (versionId === archivedVersion) {
    if (!options.dryRun) await noteCurrent(options.database, { contractId, askedAt });
    return [];
  }
  const finding = {
    kind: 'outdated version',
    contractId,
    destinations,
    expected: { versionId },
    found: { versionId: archivedVersion },
  } as const;
  if (job !== undefined) return [{ finding: { ...finding, action: 'none', reason: `Its job is ${job}.` } }];
  return [{ finding: { ...finding, action: 'archive' }, apply: () => enqueueContract(contract, options) }];
}

interface CurrentVersion {
  readonly contractId: string;
  /** Milliseconds since 1970. */
  readonly askedAt: number;
}

/** So that the same is not asked with every repair. */
async function noteCurrent(database: Survey['database'], { contractId, askedAt }: CurrentVersion): Promise<void> {
  await database.updateTable('archive_contracts').set({ version_checked_at: askedAt }).where('contract_id', '=', contractId).execute();
}
