/** Counts the listeners that a signal has now. */
export function countListeners(signal: AbortSignal): () => number {
  let count = 0;
  const add = signal.addEventListener.bind(signal);
  const remove = signal.removeEventListener.bind(signal);
  signal.addEventListener = (...registration: Parameters<typeof add>) => {
    count += 1;
    add(...registration);
  };
  signal.removeEventListener = (...registration: Parameters<typeof remove>) => {
    count -= 1;
    remove(...registration);
  };
  return () => count;
}
