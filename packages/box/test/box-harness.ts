import type { StorageDestination } from '@spotdraft-archive/core/destination';
import { type BoxEmulator, type BoxEmulatorOptions, type FaultSweepHarness, startBoxEmulator } from '@spotdraft-archive/testkit';
import { createBoxDestination } from '../src/box.ts';
import type { BoxTuning } from '../src/context.ts';
import type { BoxOptions } from '../src/options.ts';
import { boxDescription } from './box-description.ts';

/** Chunked uploads begin at 300 kB, so that tests need not move hundreds of megabytes; nothing else differs. */
const smallTuning: BoxTuning = {
  chunkedFromBytes: 300_000,
  retry: { firstDelayMs: 5, maxDelayMs: 20 },
  commitRetry: { firstDelayMs: 5, maxDelayMs: 20 },
};

/** The emulator to go with it. */
const smallEmulator: BoxEmulatorOptions = { minimumChunkedBytes: 300_000, partSizeBytes: 65_536, retryAfterSeconds: 0 };

export function destinationOn(emulator: BoxEmulator, options: Partial<BoxOptions> = {}): StorageDestination {
  const { accessToken: auth, folderId, urls } = emulator;
  return createBoxDestination({ auth, folderId, baseUrl: urls.api, uploadUrl: urls.upload, ...options }, smallTuning);
}

export interface BoxHarness extends FaultSweepHarness {
  readonly emulator: BoxEmulator;
}

/** An emulator whose requests and answers are compared with Box's own description of its API. Stopping it throws where they differ. */
export async function describedEmulator(options: BoxEmulatorOptions = {}): Promise<BoxEmulator> {
  const description = boxDescription();
  const emulator = await startBoxEmulator({ onExchange: (exchange) => description?.compare(exchange), ...options });
  return {
    ...emulator,
    async stop() {
      await emulator.stop();
      description?.throwDifferences();
    },
  };
}

/** A fresh emulator and a destination on it, with every hook of the conformance suite. */
export async function boxHarness(options: Partial<BoxOptions> = {}, behaviour: BoxEmulatorOptions = {}): Promise<BoxHarness> {
  const emulator = await describedEmulator({ ...smallEmulator, ...behaviour });
  const { state, faults } = emulator;
  const make = (more: Partial<BoxOptions> = {}) => destinationOn(emulator, { ...options, ...more });
  return {
    emulator,
    destination: make(),
    second: () => make(),
    restart: (retry) => make({ retry }),
    interrupt: (kind, nth) => {
      if (kind === 'refused') return faults.inject({ kind: 'status', status: 503, nth });
      return faults.inject({ kind, nth });
    },
    listPaths: async () => state.listPaths(),
    listFolders: async () => state.listFolders(),
    writeFile: async (path, bytes) => {
      await state.writeFile(path, bytes);
    },
    moveCopy: async (id, path) => state.moveFile(id, path),
    removeCopy: async (id) => state.trashFile(id),
    expireUploads: () => state.expireUploads(),
    largeDocumentBytes: 400_000,
    // The parts that travel and the next one, and a document no larger than needed to show it.
    maxReadAheadBytes: 300_000,
    cleanup: () => emulator.stop(),
  };
}
