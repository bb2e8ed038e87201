import type { Job } from '../../../scripts/bench/upload-jobs.ts';

/** Documents that are stored before the clock starts. */
export const warmUps: Readonly<Record<Job, number>> = { many: 16, large: 0 };
