import { createSpotDraftClient } from '@spotdraft-archive/core';
import { type ArchiveService, createArchiveService } from '../../src/index.ts';
import { destinationsAt } from './stores.ts';
import type { WorkerOptions } from './worker-options.ts';

/** The service as each process of the crash test has it: impatient, so that much happens in a few seconds. */
export function createCrashService({ baseUrl, clientId, clientSecret, hmacKey, database, stores }: WorkerOptions): ArchiveService {
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
    jobs: { attempts: 1_000, firstDelayMs: 20, maxDelayMs: 200, leaseMs: 900, pollIntervalMs: 50 },
  });
}
