import PQueue from 'p-queue';

/** Sends a request when its turn has come. Rejects with the reason of `signal` when it is aborted first. */
export type Pace = (work: () => Promise<Response>, options: { readonly signal: AbortSignal | undefined }) => Promise<Response>;

export interface PaceOptions {
  readonly requestsPerSecond: number;
  readonly concurrency: number;
}

// The queue reads a clock of whole milliseconds: two that differ by 1000 may be 999.1 apart.
const windowMs = 1001;

/** Makes a pace at which never more than `requestsPerSecond` pieces of work begin within any second, and `concurrency` run at once. */
export function createPace({ requestsPerSecond, concurrency }: PaceOptions): Pace {
  const queue = new PQueue({ concurrency, interval: windowMs, intervalCap: requestsPerSecond, strict: true });
  return (work, { signal }) => queue.add(work, { signal });
}
