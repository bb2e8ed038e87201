import { scaled } from './scaled.ts';

/** What every store's adapter does beside the client of its vendor. */
export type Job = 'many' | 'large';

export interface JobSize {
  readonly documents: number;
  readonly bytes: number;
}

export const jobs: Readonly<Record<Job, JobSize>> = {
  many: { documents: scaled(500), bytes: 200_000 },
  large: { documents: 1, bytes: scaled(1_000_000_000) },
};

export const titles: Readonly<Record<Job, string>> = {
  many: `${jobs.many.documents} documents of 200 kB, 8 at a time`,
  large: `one document of ${jobs.large.bytes / 1e6} MB`,
};
