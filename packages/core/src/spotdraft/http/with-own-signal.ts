/**
 * Runs work with a signal of its own that is aborted together with `signal`, and lets go of `signal` when the work has ended.
 *
 * ky combines its signal with others by `AbortSignal.any`, of which Node 22 keeps a little for as long as the combined signal lives: with the one
 * signal of a long run that would grow with every request.
 */
export async function withOwnSignal<Value>(
  signal: AbortSignal | undefined,
  work: (own: AbortSignal | null) => Promise<Value>,
): Promise<Value> {
  if (signal === undefined) return work(null);
  signal.throwIfAborted();
  const controller = new AbortController();
  const onAbort = (): void => controller.abort(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await work(controller.signal);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
