import { untilAborted } from './until-aborted.ts';

export interface OnceEachOptions<Value> {
  /** Does the work. Its signal is aborted when every caller that waits for it has given up. */
  readonly make: (signal: AbortSignal) => Promise<Value>;
  readonly signal?: AbortSignal | undefined;
}

/** Work that is done at most once for each key: folder creation, templates, drive ids. */
export interface OnceEach<Value> {
  /**
   * Gives the value for a key. Callers that come while the work runs share it; later ones get the kept value. A failure reaches
   * everyone who waited and is forgotten, so that the next call tries again. One caller's abort does not fail the others.
   */
  get(key: string, options: OnceEachOptions<Value>): Promise<Value>;
  /** Drops the kept value, for example when the folder turned out to be gone. Work that runs already is left alone. */
  forget(key: string): void;
}

interface Entry<Value> {
  readonly promise: Promise<Value>;
  readonly stop: AbortController;
  waiting: number;
  isSettled: boolean;
}

/**
 * Makes an empty cache in which each key's work runs once at a time and its success is kept.
 *
 * @example
 * const folders = onceEach<string>();
 * const id = await folders.get('2026/Acme', { make: (signal) => createFolder(path, signal), signal });
 */
export function onceEach<Value>(): OnceEach<Value> {
  const entries = new Map<string, Entry<Value>>();

  function drop(key: string, entry: Entry<Value>): void {
    if (entries.get(key) === entry) entries.delete(key);
  }

  async function settle(key: string, entry: Entry<Value>): Promise<void> {
    try {
      await entry.promise;
    } catch {
      // Whoever waits gets the error; here it only means that nothing is kept.
      drop(key, entry);
    }
    entry.isSettled = true;
  }

  function start(key: string, make: OnceEachOptions<Value>['make']): Entry<Value> {
    const stop = new AbortController();
    const entry: Entry<Value> = { promise: startSoon(make, stop.signal), stop, waiting: 0, isSettled: false };
    entries.set(key, entry);
    void settle(key, entry);
    return entry;
  }

  return {
    async get(key, { make, signal }) {
      signal?.throwIfAborted();
      const entry = entries.get(key) ?? start(key, make);
      entry.waiting += 1;
      try {
        return await untilAborted(entry.promise, signal);
      } finally {
        entry.waiting -= 1;
        if (entry.waiting === 0 && !entry.isSettled) {
          drop(key, entry);
          entry.stop.abort();
        }
      }
    },
    forget(key) {
      const entry = entries.get(key);
      if (entry?.isSettled === true) drop(key, entry);
    },
  };
}

async function startSoon<Value>(make: OnceEachOptions<Value>['make'], signal: AbortSignal): Promise<Value> {
  return make(signal);
}
