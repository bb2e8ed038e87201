// One backfill, in a process of its own so that its memory can be told apart. BACKFILL is JSON: address and credentials of the emulator, and the
// database. Prints what it took as JSON.

import { createSpotDraftClient } from '@spotdraft-archive/core';
import { createArchiveService, type DatabaseOptions } from '../src/index.ts';
import { discardingDestination } from './discarding-destination.ts';

export interface BackfillTask {
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly database: DatabaseOptions;
  readonly from: string;
  readonly to: string;
}

export interface BackfillMeasure {
  readonly enqueued: number;
  readonly seconds: number;
  /** Largest resident memory of the process. */
  readonly peakBytes: number;
  readonly complete: boolean;
}

const { url, clientId, clientSecret, database, from, to } = JSON.parse(process.env['BACKFILL'] ?? '{}') as BackfillTask;
const service = createArchiveService({
  spotdraft: createSpotDraftClient({
    baseUrl: url,
    source: 'bench',
    clientId,
    clientSecret,
    requestsPerSecond: 1_000_000,
    concurrency: 16,
  }),
  requestsPerSecond: Number.POSITIVE_INFINITY,
  destinations: { nowhere: discardingDestination() },
  database,
  webhook: { keys: Buffer.alloc(64).toString('base64') },
  jobs: { concurrency: 8 },
  schedule: false,
});
await service.start();
const startedAt = performance.now();
const { enqueued } = await service.backfill({ from, to });
await service.idle();
const seconds = (performance.now() - startedAt) / 1_000;
const { isComplete: complete } = await service.completeness({ from, to });
await service.stop();
const measure: BackfillMeasure = { enqueued, seconds, peakBytes: process.resourceUsage().maxRSS * 1_024, complete };
console.log(JSON.stringify(measure));
