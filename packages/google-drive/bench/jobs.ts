/** `BENCH_SCALE=0.05` makes the jobs a twentieth of what they are, to see quickly whether they run. */
const scale: number = Number(process.env['BENCH_SCALE'] ?? 1);

export type Job = 'many' | 'large';

export interface JobSize {
  readonly documents: number;
  readonly bytes: number;
  /** Documents that are stored before the clock starts. */
  readonly warmUps: number;
}

export const jobs: Readonly<Record<Job, JobSize>> = {
  many: { documents: Math.ceil(500 * scale), bytes: 200_000, warmUps: 16 },
  large: { documents: 1, bytes: Math.ceil(1_000_000_000 * scale), warmUps: 0 },
};

export const titles: Readonly<Record<Job, string>> = {
  many: `${jobs.many.documents} documents of 200 kB, 8 at a time`,
  large: `one document of ${jobs.large.bytes / 1e6} MB`,
};
