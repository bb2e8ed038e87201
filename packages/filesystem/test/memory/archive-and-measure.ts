import { archiveContract, createSpotDraftClient } from '@spotdraft-archive/core';
import { filesystem } from '../../src/index.ts';
import type { MeasuredTask, Measurement } from './measured-task.ts';

// A process of its own, so that its peak is the archiver's and not the emulator's.
const task = JSON.parse(process.argv[2] ?? '{}') as MeasuredTask;
const { url, clientId, clientSecret, directory } = task;
const peakBytes = (): number => process.resourceUsage().maxRSS * 1024;

const idleBytes = peakBytes();
const startedAt = performance.now();
const { receipts } = await archiveContract(task.contractId, {
  spotdraft: createSpotDraftClient({ baseUrl: url, clientId, clientSecret, timeoutMs: 120_000 }),
  destinations: { folder: filesystem({ directory }) },
  temporaryDirectory: directory,
});
const measurement: Measurement = {
  aboveIdleBytes: peakBytes() - idleBytes,
  durationMs: performance.now() - startedAt,
  size: receipts.folder?.size ?? 0,
};
process.stdout.write(JSON.stringify(measurement));
