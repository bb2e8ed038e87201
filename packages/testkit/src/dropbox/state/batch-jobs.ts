import { randomUUID } from 'node:crypto';

interface BatchResult {
  readonly entries: readonly unknown[];
}

/** Batches that are finished after their request was answered. Each is still in progress when it is asked for the first time. */
export class BatchJobs {
  readonly #results = new Map<string, BatchResult>();
  readonly #asked = new Set<string>();

  /** Answers with the job's id. */
  add(result: BatchResult): string {
    const id = `dbjid:${randomUUID()}`;
    this.#results.set(id, result);
    return id;
  }

  /** `undefined` for a job that there is not. */
  check(id: string): 'in_progress' | BatchResult | undefined {
    const isFirst = this.#results.has(id) && !this.#asked.has(id);
    this.#asked.add(id);
    return isFirst ? 'in_progress' : this.#results.get(id);
  }
}
