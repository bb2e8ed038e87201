/**
 * Turns a slow `flush` into one that any number of callers share: who comes while it runs is served by the next run, together with all others who
 * came meanwhile. Each caller's promise stands for a run that began after the call; when that run fails, all who waited for it hear of it.
 */
export function groupFlush(flush: () => Promise<void>): () => Promise<void> {
  let waiting: PromiseWithResolvers<void> | undefined;
  let isRunning = false;

  const run = async (): Promise<void> => {
    isRunning = true;
    while (waiting) {
      const group = waiting;
      waiting = undefined;
      await flush().then(group.resolve, group.reject);
    }
    isRunning = false;
  };

  return () => {
    waiting ??= Promise.withResolvers();
    const { promise } = waiting;
    if (!isRunning) void run();
    return promise;
  };
}
