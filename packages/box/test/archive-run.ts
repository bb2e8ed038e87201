import {
  type ArchiveResult,
  archiveContract,
  createSpotDraftClient,
  type Ledger,
  memoryLedger,
  type SpotDraftClient,
} from '@spotdraft-archive/core';
import { type BoxEmulator, type SpotDraftEmulator, startBoxEmulator, startSpotDraftEmulator } from '@spotdraft-archive/testkit';
import type { BoxOptions } from '../src/index.ts';
import { destinationOn, smallEmulator } from './box-harness.ts';

/** SpotDraft and Box, both emulated, and what it takes to bring contracts from one to the other. */
export interface ArchiveRun extends AsyncDisposable {
  readonly source: SpotDraftEmulator;
  readonly store: BoxEmulator;
  /** Archives a contract as a process does that was just started: with a new destination. */
  archive(
    contractId: string,
    options: { readonly ledger: Ledger; readonly signal?: AbortSignal } & Partial<BoxOptions>,
  ): Promise<ArchiveResult>;
}

export async function startArchiveRun(): Promise<ArchiveRun> {
  const source = await startSpotDraftEmulator({ rateLimit: false });
  const store = await startBoxEmulator(smallEmulator);
  const spotdraft: SpotDraftClient = createSpotDraftClient({
    baseUrl: source.url,
    source: 'test',
    clientId: source.clientId,
    clientSecret: source.clientSecret,
    requestsPerSecond: 1_000,
  });
  return {
    source,
    store,
    archive: (contractId, { ledger, signal, ...options }) =>
      archiveContract(contractId, { spotdraft, ledger, signal, destinations: { box: destinationOn(store, options) } }),
    [Symbol.asyncDispose]: async () => {
      await Promise.all([source.stop(), store.stop()]);
    },
  };
}

/** Keeps its rows for as long as the test runs, like a database that outlives the processes. */
export function durableLedger(): Ledger {
  return { ...memoryLedger(), durable: true };
}
