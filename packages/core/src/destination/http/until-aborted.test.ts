import { describe, expect, it } from 'vitest';
import { countListeners } from '../../../test/destination-http/count-listeners.ts';
import { failureOf } from '../../../test/destination-http/failure.ts';
import { untilAborted } from './until-aborted.ts';

describe('untilAborted', () => {
  it('settles like the promise and leaves no listener', async () => {
    const { signal } = new AbortController();
    const listeners = countListeners(signal);
    const reason = new Error('no');
    expect(await untilAborted(Promise.resolve('yes'), signal)).toBe('yes');
    expect(await failureOf(untilAborted(Promise.reject(reason), signal))).toBe(reason);
    expect(listeners()).toBe(0);
  });

  it('rejects at once with the reason of a signal that is aborted already', async () => {
    const signal = AbortSignal.abort(new Error('stop'));
    expect(await failureOf(untilAborted(new Promise(() => undefined), signal))).toBe(signal.reason);
  });
});
