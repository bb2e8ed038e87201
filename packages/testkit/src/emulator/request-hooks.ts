import { ConnectionCut } from './connection-cut.ts';
import type { RecordedRequest } from './recorded-request.ts';

/** `before-effect`: nothing has been done yet. `after-effect`: everything has been done and the answer has not been sent. */
export type RequestPhase = 'before-effect' | 'after-effect';

/** Called, and waited for, twice for each request. Answering `cut` destroys the connection at that moment. */
export type RequestHook = (request: RecordedRequest, phase: RequestPhase) => 'cut' | void | Promise<'cut' | void>;

/** The hooks that tests have set. */
export class RequestHooks {
  readonly #hooks = new Set<RequestHook>();

  /** Adds a hook and answers how to remove it. */
  add(hook: RequestHook): () => void {
    this.#hooks.add(hook);
    return () => this.#hooks.delete(hook);
  }

  async run(request: RecordedRequest, phase: RequestPhase): Promise<void> {
    for (const hook of this.#hooks) {
      if ((await hook(request, phase)) === 'cut') throw new ConnectionCut(`cut by a test ${phase}`);
    }
  }
}
