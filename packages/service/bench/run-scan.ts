// One look at a whole archive, in a process of its own so that its memory can be told apart. SCAN is JSON: what to do, the database, and how many
// contracts are in it. Prints what it took as JSON.

import { createSpotDraftClient } from '@spotdraft-archive/core';
import { createArchiveService, type DatabaseOptions } from '../src/index.ts';
import { discardingDestination } from './discarding-destination.ts';
import { endlessSpotDraft } from './endless-spotdraft.ts';

export interface ScanTask {
  readonly work: 'nothing' | 'repair' | 'completeness' | 'verify';
  readonly database: DatabaseOptions;
  readonly contracts: number;
}

export interface ScanMeasure {
  /** Contracts or copies. */
  readonly looked: number;
  readonly findings: number;
  readonly seconds: number;
  /** Largest resident memory of the process. */
  readonly peakBytes: number;
  /** To SpotDraft. */
  readonly requests: number;
}

const { work, database, contracts } = JSON.parse(process.env['SCAN'] ?? '{}') as ScanTask;
const { fetch, requests } = endlessSpotDraft(contracts);
const service = createArchiveService({
  spotdraft: createSpotDraftClient({
    baseUrl: 'http://127.0.0.1:1',
    source: 'bench',
    clientId: 'id',
    clientSecret: 'secret',
    fetch,
    requestsPerSecond: 1_000_000,
  }),
  requestsPerSecond: Number.POSITIVE_INFINITY,
  destinations: { drive: discardingDestination(), box: discardingDestination() },
  database,
  webhook: { keys: Buffer.alloc(64).toString('base64') },
  schedule: false,
});

/** Everything that the filled index has. */
const range = { from: '2020-01-01', to: new Date(Date.UTC(2020, 0, 2) + contracts * 1_000_000) };

async function look(): Promise<Pick<ScanMeasure, 'looked' | 'findings'>> {
  if (work === 'nothing') return { looked: 0, findings: 0 };
  if (work === 'repair') {
    const { looked, findings } = await service.repair(range);
    return { looked, findings: findings.length };
  }
  if (work === 'completeness') {
    const { executed, exceptionCount } = await service.completeness(range);
    return { looked: executed, findings: exceptionCount };
  }
  const { scans, findings } = await service.verify({ requestsPerSecond: 1_000_000, sampleShare: 0 });
  return { looked: (scans['drive']?.checked ?? 0) + (scans['box']?.checked ?? 0), findings: findings.length };
}

await service.start();
const startedAt = performance.now();
const looked = await look();
const seconds = (performance.now() - startedAt) / 1_000;
await service.stop();
const measure: ScanMeasure = { ...looked, seconds, peakBytes: process.resourceUsage().maxRSS * 1_024, requests: requests() };
console.log(JSON.stringify(measure));
