/**
 * Settles like `promise`, but rejects with the reason of `signal` as soon as that is aborted. The work behind `promise` goes on.
 *
 * Leaves no listener behind, and a rejection that nobody waits for any more does not end the process.
 */
export function untilAborted<Value>(promise: Promise<Value>, signal: AbortSignal | undefined): Promise<Value> {
  if (signal === undefined) return promise;
  return new Promise<Value>((resolve, reject) => {
    const onAbort = () => reject(signal.reason as Error);
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
}
