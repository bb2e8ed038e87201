import {
  type ArchiveResult,
  archiveContract,
  createSpotDraftClient,
  defineLayout,
  type Ledger,
  memoryLedger,
  type SpotDraftClient,
} from '@spotdraft-archive/core';
import {
  type GoogleDriveEmulator,
  type SpotDraftEmulator,
  startGoogleDriveEmulator,
  startSpotDraftEmulator,
} from '@spotdraft-archive/testkit';
import type { GoogleDriveOptions } from '../src/index.ts';
import { driveDescription } from './drive-description.ts';
import { driveOn, smallPieces } from './drive-harness.ts';

/** SpotDraft and Drive, both emulated, and what it takes to bring contracts from one to the other. */
export interface ArchiveRun extends AsyncDisposable {
  readonly source: SpotDraftEmulator;
  readonly drive: GoogleDriveEmulator;
  readonly spotdraft: SpotDraftClient;
  /** Archives a contract as a process does that was just started: with a new destination. */
  archive(
    contractId: string,
    options: { readonly ledger: Ledger; readonly signal?: AbortSignal } & Partial<GoogleDriveOptions>,
  ): Promise<ArchiveResult>;
}

export async function startArchiveRun(): Promise<ArchiveRun> {
  const source = await startSpotDraftEmulator({ rateLimit: false });
  const drive = await startGoogleDriveEmulator({ description: driveDescription() });
  const layout = defineLayout('{contractType}/{title}.pdf');
  const spotdraft = createSpotDraftClient({
    baseUrl: source.url,
    source: 'test',
    clientId: source.clientId,
    clientSecret: source.clientSecret,
    requestsPerSecond: 1_000,
  });
  return {
    source,
    drive,
    spotdraft,
    archive: (contractId, { ledger, signal, ...options }) =>
      archiveContract(contractId, {
        spotdraft,
        ledger,
        signal,
        layout,
        destinations: { drive: driveOn(drive, { ...smallPieces, ...options }) },
      }),
    [Symbol.asyncDispose]: async () => {
      await Promise.all([source.stop(), drive.stop()]);
    },
  };
}

/** Keeps its rows for as long as the test runs, like a database that outlives the processes. */
export function durableLedger(): Ledger {
  return { ...memoryLedger(), durable: true };
}
