import assert from 'node:assert/strict';
import type { FaultAction, RecordedRequest, RequestPhase } from '../emulator/index.ts';
import type { Disturb } from './sweep-requests.ts';

type Choice = (request: RecordedRequest) => boolean;

/** The n-th request meets a fault; the run must end well, or with an error that says to try again. */
export function disturbWith(fault: FaultAction, isChosen: Choice): Disturb {
  return async (nth, { harness, archive }) => {
    const injected = harness.emulator.faults.inject({ ...fault, where: isChosen, nth });
    const failure = await archive();
    injected.remove();
    assert.equal(failure?.recovery ?? 'retry', 'retry', `${failure?.code} is not to be tried again.`);
    return injected.fired > 0;
  };
}

/** The process dies at the n-th request: whatever it has on its way is cut, and nothing more comes from it. */
export function dieAt(moment: RequestPhase, isChosen: Choice): Disturb {
  return async (nth, { harness, archive }) => {
    const death = new AbortController();
    let requests = 0;
    const removeHook = harness.emulator.onRequest((request, phase) => {
      if (death.signal.aborted) return 'cut';
      if (phase !== moment || !isChosen(request)) return undefined;
      requests += 1;
      if (requests !== nth) return undefined;
      death.abort(new Error('killed'));
      return 'cut';
    });
    await archive({ signal: death.signal }).catch((error: unknown) => {
      if (!death.signal.aborted) throw error;
    });
    removeHook();
    return death.signal.aborted;
  };
}
