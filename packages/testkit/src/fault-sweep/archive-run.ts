import {
  type ArchiveResult,
  archiveContract,
  createSpotDraftClient,
  type Ledger,
  memoryLedger,
  type SpotDraftClient,
  type StorageDestination,
} from '@spotdraft-archive/core';
import { largePdf } from '../fixtures/large-pdf.ts';
import { type SpotDraftEmulator, startSpotDraftEmulator } from '../spotdraft/start-spotdraft-emulator.ts';
import { mortalLedger } from './mortal-ledger.ts';

/** SpotDraft, emulated, and what it takes to archive its contracts. */
export interface ArchiveSource extends AsyncDisposable {
  readonly emulator: SpotDraftEmulator;
  readonly spotdraft: SpotDraftClient;
}

/** One contract on its way, and the ledger that outlives the processes which archive it. */
export interface Victim {
  readonly contractId: string;
  readonly title: string;
  readonly ledger: Ledger;
}

export async function startArchiveSource(): Promise<ArchiveSource> {
  const emulator = await startSpotDraftEmulator({ rateLimit: false });
  const { url: baseUrl, clientId, clientSecret } = emulator;
  const spotdraft = createSpotDraftClient({ baseUrl, source: 'sweep', clientId, clientSecret, requestsPerSecond: 1_000 });
  return { emulator, spotdraft, [Symbol.asyncDispose]: () => emulator.stop() };
}

/** Adds the n-th contract, with bytes and a folder of its own. The size is in bytes. */
export function addVictim({ emulator }: ArchiveSource, { nth, size }: { readonly nth: number; readonly size: number }): Victim {
  const title = `Agreement ${nth}`;
  const document = largePdf({ bytes: size, seed: nth });
  const { id } = emulator.state.addContract({ title, status: 'EXECUTED', counterparties: [`Party ${nth}`], document });
  return { contractId: id, title, ledger: { ...memoryLedger(), durable: true } };
}

export interface RunOptions {
  readonly source: ArchiveSource;
  readonly destination: StorageDestination;
  /** Death of the process that archives. */
  readonly signal?: AbortSignal | undefined;
}

export function archiveVictim(
  { contractId, ledger }: Victim,
  { source: { spotdraft }, destination, signal }: RunOptions,
): Promise<ArchiveResult<{ readonly store: StorageDestination }>> {
  return archiveContract(contractId, { spotdraft, ledger: mortalLedger(ledger, signal), signal, destinations: { store: destination } });
}
