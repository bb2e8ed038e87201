import type { StorageDestination } from '@spotdraft-archive/core';
import PQueue from 'p-queue';

// The queue reads a clock of whole milliseconds: two that differ by 1000 may be 999.1 apart.
const windowMs = 1001;

/** A destination of which not more than so many questions are asked within any second. */
export function pacedDestination(destination: StorageDestination, requestsPerSecond: number): StorageDestination {
  const queue = new PQueue({ interval: windowMs, intervalCap: requestsPerSecond, strict: true });
  return {
    provider: destination.provider,
    capabilities: destination.capabilities,
    check: (options) => destination.check(options),
    put: (document, options) => destination.put(document, options),
    find: (query, options) => queue.add(() => destination.find(query, options), { signal: options?.signal }),
    stat: (id, options) => queue.add(() => destination.stat(id, options), { signal: options?.signal }),
    open: (id, options) => queue.add(() => destination.open(id, options), { signal: options?.signal }),
  };
}
