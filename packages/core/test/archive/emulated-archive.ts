import {
  type MemoryDestination,
  memoryDestination,
  type SpotDraftEmulator,
  type SpotDraftEmulatorOptions,
  startSpotDraftEmulator,
} from '@spotdraft-archive/testkit';
import { type ArchiveOptions, createSpotDraftClient, type Ledger, memoryLedger, type SpotDraftClient } from '../../src/index.ts';

/** An emulated SpotDraft, a client of it, and options of `archiveContract` that wait for nothing longer than a moment. */
export interface EmulatedArchive extends AsyncDisposable {
  readonly emulator: SpotDraftEmulator;
  readonly spotdraft: SpotDraftClient;
  readonly destination: MemoryDestination;
  readonly ledger: Ledger;
  readonly options: ArchiveOptions & { readonly destinations: { readonly store: MemoryDestination } };
}

/** Starts one, over real HTTP. The emulator's rate limit is off, as its clock is everybody's. */
export async function startEmulatedArchive(given: SpotDraftEmulatorOptions = {}): Promise<EmulatedArchive> {
  const emulator = await startSpotDraftEmulator({ rateLimit: false, ...given });
  const spotdraft = createSpotDraftClient({
    baseUrl: emulator.url,
    source: 'test',
    clientId: emulator.clientId,
    clientSecret: emulator.clientSecret,
    requestsPerSecond: 1_000,
    retry: { attempts: 3, firstDelayMs: 1, maxDelayMs: 2 },
  });
  const destination = memoryDestination();
  const ledger = memoryLedger();
  return {
    emulator,
    spotdraft,
    destination,
    ledger,
    options: { spotdraft, ledger, destinations: { store: destination }, readiness: { attempts: 4, firstDelayMs: 1, maxDelayMs: 2 } },
    [Symbol.asyncDispose]: () => emulator.stop(),
  };
}
