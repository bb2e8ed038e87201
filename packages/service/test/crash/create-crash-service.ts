import { createSpotDraftClient } from '@spotdraft-archive/core';
import { type ArchiveService, createArchiveService, type DatabaseOptions } from '../../src/index.ts';
import { destinationsAt } from './stores.ts';
import type { WorkerOptions } from './worker-options.ts';

const shortLeaseMs = 900;

/** After how long the jobs of a process that is not heard of are in other hands for sure: pg-boss takes more than 10 seconds. In milliseconds. */
export function takeoverMs({ dataDir }: DatabaseOptions): number {
  return dataDir === undefined ? 14_000 : shortLeaseMs * 2;
}

/** The service as each process of the crash test has it: impatient, so that much happens in a few seconds. */
export function createCrashService(options: WorkerOptions): ArchiveService {
  const { baseUrl, clientId, clientSecret, hmacKey, database, stores, leaseMs = shortLeaseMs } = options;
  return createArchiveService({
    spotdraft: createSpotDraftClient({
      baseUrl,
      source: 'test',
      clientId,
      clientSecret,
      requestsPerSecond: 1_000,
      retry: { attempts: 2, firstDelayMs: 5, maxDelayMs: 20 },
    }),
    destinations: destinationsAt(stores),
    database,
    requestsPerSecond: Number.POSITIVE_INFINITY,
    webhook: { keys: hmacKey },
    schedule: false,
    jobs: { attempts: 1_000, firstDelayMs: 20, maxDelayMs: 200, leaseMs, pollIntervalMs: 200 },
  });
}
