import type { JobFailure } from '../jobs/job-failure.ts';
import type { FindingKind } from '../repair/finding.ts';

/** What the last run of a timer has done. Plain data, without anything about single contracts. */
export interface TimerRun {
  /** ISO 8601. */
  readonly startedAt: string;
  /** ISO 8601. */
  readonly endedAt: string;
  /** Contracts or copies that were looked at; of a purge, rows that were deleted. */
  readonly looked: number;
  readonly counts: Readonly<Partial<Record<FindingKind, number>>>;
  /** Why it came to no end. It is run again soon. */
  readonly failure?: JobFailure | undefined;
}

/** What a run tells about itself. */
export type TimerResult = Pick<TimerRun, 'looked' | 'counts'>;
