import { untilAborted } from '../destination/http/until-aborted.ts';

export interface Turn<Result> {
  readonly work: () => Promise<Result>;
  readonly signal?: AbortSignal | undefined;
}

/** Lets runs of the same name follow one another, each in its turn. */
export class Turns {
  readonly #last = new Map<string, Promise<void>>();

  /**
   * Runs `work` after everything that was given under this name before, however that ended.
   *
   * Rejects with the reason of `signal` as soon as it is aborted while others have their turn; `work` then never runs.
   */
  async take<Result>(name: string, { signal, work }: Turn<Result>): Promise<Result> {
    const before = this.#last.get(name);
    const turn = before === undefined ? work() : untilAborted(before, signal).then(work);
    // A turn that was given up does not end those before it, so whoever comes next waits for them too.
    const end = Promise.allSettled([before, turn]).then(() => {});
    this.#last.set(name, end);
    try {
      return await turn;
    } finally {
      void end.then(() => {
        if (this.#last.get(name) === end) this.#last.delete(name);
      });
    }
  }
}
