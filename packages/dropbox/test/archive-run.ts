import {
  type ArchiveResult,
  archiveContract,
  createSpotDraftClient,
  type Ledger,
  memoryLedger,
  type StorageDestination,
} from '@spotdraft-archive/core';
import { type SpotDraftEmulator, startSpotDraftEmulator } from '@spotdraft-archive/testkit';
import type { DropboxOptions } from '../src/index.ts';
import { type EmulatedDropbox, emulatedDropbox } from './emulated-dropbox.ts';

export interface ArchiveRun {
  readonly source: SpotDraftEmulator;
  readonly store: EmulatedDropbox;
  /** Archives a contract as a new process would: all that it knows of earlier runs is the ledger. */
  archive(contractId: string, options: RunOptions): Promise<ArchiveResult<{ readonly dropbox: StorageDestination }>>;
  cleanup(): Promise<void>;
}

export interface RunOptions {
  readonly ledger: Ledger;
  readonly retry?: DropboxOptions['retry'];
  readonly signal?: AbortSignal | undefined;
}

/** The whole way from SpotDraft to Dropbox, both emulated. */
export async function startArchiveRun(): Promise<ArchiveRun> {
  const source = await startSpotDraftEmulator({ rateLimit: false });
  const store = await emulatedDropbox();
  const { url: baseUrl, clientId, clientSecret } = source;
  return {
    source,
    store,
    archive(contractId, { ledger, retry = { firstDelayMs: 2, maxDelayMs: 5 }, signal }) {
      const spotdraft = createSpotDraftClient({ baseUrl, source: 'test', clientId, clientSecret, requestsPerSecond: 1_000 });
      return archiveContract(contractId, { spotdraft, destinations: { dropbox: store.connect({ retry }) }, ledger, signal });
    },
    cleanup: async () => void (await Promise.all([source.stop(), store.cleanup()])),
  };
}

/** A ledger that outlives the process, as far as destinations can tell. */
export function durableLedger(): Ledger {
  return { ...memoryLedger(), durable: true };
}
