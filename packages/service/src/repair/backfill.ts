import { countOpenJobs, until } from '../jobs/wait-for-jobs.ts';
import { assessContracts, type Survey } from './assess-contracts.ts';
import { type DateRange, dayMs, windowsOf } from './date-range.ts';
import { enqueueContract } from './enqueue-contract.ts';

export interface BackfillOptions extends DateRange {
  /** Told after every window of a week. */
  readonly onProgress?: ((progress: BackfillProgress) => void) | undefined;
}

/** Counts of contracts so far. */
export interface BackfillResult {
  readonly listed: number;
  readonly alreadyArchived: number;
  readonly enqueued: number;
}

export interface BackfillProgress extends BackfillResult {
  /** Everything executed up to here was looked at. A backfill that was interrupted may begin here. */
  readonly through: Date;
}

/** Listing pauses while more jobs than this are open: rows stay fresh until their job runs, and the table stays small. */
const maxOpenJobs = 500;

/** Enqueues every contract of the range that is not archived, oldest window first. */
export async function backfill(options: BackfillOptions, survey: Survey): Promise<BackfillResult> {
  const { signal, onProgress } = options;
  const result = { listed: 0, alreadyArchived: 0, enqueued: 0 };
  for (const window of windowsOf(options, 7 * dayMs)) {
    for await (const contract of assessContracts({ ...survey, by: 'execution', window, signal })) {
      result.listed += 1;
      if (contract.lacking.length === 0 && !contract.isRoutedOtherwise) {
        result.alreadyArchived += 1;
        continue;
      }
      await enqueueContract(contract, survey);
      result.enqueued += 1;
      if (result.enqueued % 100 === 0) await until(async () => (await countOpenJobs(survey.database)) < maxOpenJobs, signal);
    }
    onProgress?.({ ...result, through: window.to });
  }
  return result;
}
