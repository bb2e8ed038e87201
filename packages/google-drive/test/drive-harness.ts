import type { StorageDestination } from '@spotdraft-archive/core/destination';
import {
  type FaultSweepHarness,
  type GoogleDriveEmulator,
  type GoogleDriveEmulatorOptions,
  type InterruptionKind,
  startGoogleDriveEmulator,
} from '@spotdraft-archive/testkit';
import { type GoogleDriveOptions, googleDrive } from '../src/index.ts';
import { driveDescription } from './drive-description.ts';

export interface DriveHarness extends FaultSweepHarness {
  readonly emulator: GoogleDriveEmulator;
}

export interface DriveHarnessOptions {
  readonly emulator?: GoogleDriveEmulatorOptions | undefined;
  readonly options?: Partial<GoogleDriveOptions> | undefined;
  /** Archives to a shared drive instead of a folder in My Drive. */
  readonly isSharedDrive?: boolean | undefined;
}

/** Pieces and documents small enough for tests that upload hundreds of them. */
export const smallPieces = { resumableFromBytes: 262_144, pieceBytes: 262_144 };

const usualPieceBytes = 2 * 2 ** 20;

/** Waits of milliseconds instead of seconds. */
const quickRetry = { firstDelayMs: 1, maxDelayMs: 5 };

/** A destination on the emulator, with a little of everything. */
export function driveOn(emulator: GoogleDriveEmulator, options: Partial<GoogleDriveOptions> = {}): StorageDestination {
  return googleDrive({
    auth: emulator.accessToken,
    folderId: emulator.folderId,
    baseUrl: emulator.url,
    tokenUrl: emulator.tokenUrl,
    pieceBytes: usualPieceBytes,
    retry: quickRetry,
    ...options,
  });
}

export async function driveHarness({
  emulator: emulatorOptions,
  options,
  isSharedDrive = false,
}: DriveHarnessOptions = {}): Promise<DriveHarness> {
  const emulator = await startGoogleDriveEmulator({ description: driveDescription(), ...emulatorOptions });
  const { account, state } = emulator;
  const rootId = isSharedDrive ? state.createSharedDrive('Legal', { [account]: 'fileOrganizer' }) : emulator.folderId;
  const place = { rootId, account };
  const { pieceBytes = usualPieceBytes } = options ?? {};
  const make = () => driveOn(emulator, { folderId: rootId, ...options });
  const pathsOf = (items: typeof state.files) => items.map((item) => state.pathOf(item, rootId)).filter((path) => path !== undefined);
  return {
    emulator,
    destination: make(),
    second: make,
    restart: (retry) => driveOn(emulator, { folderId: rootId, ...options, retry }),
    interrupt: (kind, nth) => emulator.faults.inject({ ...faultOf(kind), nth }),
    listPaths: async () => pathsOf(state.files),
    listFolders: async () => pathsOf(state.folders).map(({ folders, name }) => [...folders, name]),
    writeFile: async (path, bytes) => void (await state.writeFile(path, { ...place, bytes })),
    moveCopy: async (id, path) => state.moveFile(id, path, place),
    removeCopy: async (id) => state.trash(id),
    expireUploads: () => emulator.expireUploads(),
    settle: () => state.index.settle(),
    largeDocumentBytes: Math.max(options?.resumableFromBytes ?? 5_000_001, 2 * pieceBytes + 12_345),
    maxReadAheadBytes: 2 * pieceBytes,
    cleanup: async () => {
      await emulator.stop();
      if (emulator.violations.length > 0) throw new Error(`Not as Google describes its API:\n${emulator.violations.join('\n')}`);
    },
  };
}

function faultOf(kind: InterruptionKind) {
  return kind === 'refused' ? ({ kind: 'status', status: 503 } as const) : ({ kind } as const);
}
