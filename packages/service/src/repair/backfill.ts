import type { ContractRow } from '@spotdraft-archive/core';
import { countOpenJobs, until } from '../jobs/wait-for-jobs.ts';
import { type AssessedBatch, type AssessedContract, assessBatches, type Survey } from './assess-contracts.ts';
import { ContractNumbers } from './contract-numbers.ts';
import { type DateRange, type DateWindow, dayMs, quarterMs, windowsOf } from './date-range.ts';
import { enqueueContracts, enqueueWriteBacks } from './enqueue-contract.ts';
import { withoutDated } from './undated-contracts.ts';
import { UnresolvedRows } from './unresolved-rows.ts';

export interface BackfillOptions extends DateRange {
  /** Told after every window of a week. */
  readonly onProgress?: ((progress: BackfillProgress) => void) | undefined;
}

/** Counts of contracts so far. */
export interface BackfillResult {
  readonly listed: number;
  readonly alreadyArchived: number;
  /** Those whose job was asked for before, and is about to run. */
  readonly alreadyEnqueued: number;
  readonly enqueued: number;
  /** Archived ones of which SpotDraft is to be told where the copies lie: they were archived before `writeBack` was set. */
  readonly toWriteBack: number;
  /** Those listed by a number that two contracts share, of which nothing tells which it is. `repair` and `completeness` name them. */
  readonly unresolved: number;
}

export interface BackfillProgress extends BackfillResult {
  /** Everything up to here was looked at. A backfill that was interrupted may begin here. It moves on with every quarter of a year. */
  readonly through: Date;
}

/** Listing pauses while more jobs than this are open: rows stay fresh until their job runs, and the table stays small. */
const maxOpenJobs = 500;

/**
 * Enqueues every contract of the range that is not archived, oldest window first.
 *
 * A contract belongs to the range by the date of its execution. One of which SpotDraft knows no such date, as it may be with historical and imported
 * ones, belongs to it by the date of its creation.
 */
export async function backfill(options: BackfillOptions, survey: Survey): Promise<BackfillResult> {
  const { signal, onProgress } = options;
  const run = new Backfill(survey, signal);
  for (const quarter of windowsOf(options, quarterMs)) {
    for (const week of windowsOf(quarter, 7 * dayMs)) {
      await run.takeExecuted(week);
      if (week.to < quarter.to) onProgress?.({ ...run.result, through: quarter.from });
    }
    // Last, when most of those that were created in the quarter have been seen: only of the others it is asked whether they have a date.
    for await (const batch of assessBatches({ ...survey, by: 'creation', window: quarter, signal })) await run.takeUndated(batch);
    onProgress?.({ ...run.result, through: quarter.to });
  }
  return run.result;
}

class Backfill {
  readonly #survey: Survey;
  readonly #signal: AbortSignal | undefined;
  readonly #seen = new ContractNumbers();
  readonly #unresolved = new UnresolvedRows();
  #result: BackfillResult = { listed: 0, alreadyArchived: 0, alreadyEnqueued: 0, enqueued: 0, toWriteBack: 0, unresolved: 0 };

  constructor(survey: Survey, signal: AbortSignal | undefined) {
    this.#survey = survey;
    this.#signal = signal;
  }

  get result(): BackfillResult {
    return { ...this.#result };
  }

  async takeExecuted(window: DateWindow): Promise<void> {
    for await (const batch of assessBatches({ ...this.#survey, by: 'execution', window, signal: this.#signal })) {
      this.#note(batch.unresolved);
      await this.#take(batch.contracts);
    }
  }

  /** Leaves those with a date of execution to the window of that date. */
  async takeUndated({ contracts, unresolved }: AssessedBatch): Promise<void> {
    this.#note(unresolved);
    const wanting = contracts.filter((contract) => !this.#seen.has(contract.contractId) && (isWanting(contract) || contract.isUnwritten));
    await this.#take(await withoutDated(wanting, this.#survey, this.#signal));
  }

  #note(rows: readonly ContractRow[]): void {
    const { length } = this.#unresolved.add(rows);
    this.#result = { ...this.#result, listed: this.#result.listed + length, unresolved: this.#unresolved.size };
  }

  async #take(batch: readonly AssessedContract[]): Promise<void> {
    const contracts = batch.filter(({ contractId }) => !this.#seen.has(contractId));
    for (const { contractId } of contracts) this.#seen.add(contractId);
    const wanting = contracts.filter(isWanting);
    const toEnqueue = wanting.filter(({ isQueued }) => !isQueued);
    const toWriteBack = contracts.filter(({ isUnwritten, writeBackJob }) => isUnwritten && writeBackJob === undefined);
    await enqueueContracts(toEnqueue, this.#survey);
    await enqueueWriteBacks(toWriteBack, this.#survey);
    const { listed, alreadyArchived, alreadyEnqueued, enqueued, toWriteBack: told } = this.#result;
    this.#result = {
      ...this.#result,
      listed: listed + contracts.length,
      alreadyArchived: alreadyArchived + contracts.length - wanting.length,
      alreadyEnqueued: alreadyEnqueued + wanting.length - toEnqueue.length,
      enqueued: enqueued + toEnqueue.length,
      toWriteBack: told + toWriteBack.length,
    };
    if (toEnqueue.length + toWriteBack.length > 0)
      await until(async () => (await countOpenJobs(this.#survey.database)) < maxOpenJobs, this.#signal);
  }
}

function isWanting({ lacking, isRoutedOtherwise }: AssessedContract): boolean {
  return lacking.length > 0 || isRoutedOtherwise;
}
