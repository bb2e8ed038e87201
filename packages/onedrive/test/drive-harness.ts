import type { StorageDestination } from '@spotdraft-archive/core/destination';
import {
  type EmulatedDrive,
  type FaultSweepHarness,
  type MicrosoftGraphEmulator,
  microsoftGraphHarness,
  startMicrosoftGraphEmulator,
} from '@spotdraft-archive/testkit';
import { type OneDriveOptions, oneDrive } from '../src/index.ts';
import { graphDescription } from './graph-description.ts';

/** The smallest piece that Graph takes keeps uploads in pieces small enough for tests. */
const pieceBytes = 320 * 1024;
const retry = { budgetMs: 200, firstDelayMs: 2, maxDelayMs: 10 };

export interface DriveHarness extends FaultSweepHarness {
  readonly emulator: MicrosoftGraphEmulator;
}

interface Account {
  readonly drive: EmulatedDrive;
  /** Folders from the drive's root to the destination. */
  readonly folders: readonly string[];
  readonly options: OneDriveOptions;
  readonly sidecarEnding?: string | undefined;
}

/** A folder in the emulated drive of a work account, with every hook of the conformance suite. */
export function workHarness(): Promise<DriveHarness> {
  return harnessFor(({ cloud, work }) => ({
    drive: work.drive,
    folders: ['Contracts'],
    options: { auth: work.accessToken, cloud, drive: 'me', path: 'Contracts' },
  }));
}

/** The folder of an app in the emulated drive of a personal account. */
export function personalHarness(): Promise<DriveHarness> {
  return harnessFor(({ cloud, personal }) => ({
    drive: personal.drive,
    folders: ['Apps', 'SpotDraft Archive', 'Contracts'],
    options: { auth: personal.accessToken, cloud, drive: 'approot', account: 'personal', path: 'Contracts' },
    sidecarEnding: '.json',
  }));
}

async function harnessFor(accountOf: (emulator: MicrosoftGraphEmulator) => Account): Promise<DriveHarness> {
  const emulator = await startMicrosoftGraphEmulator({ description: graphDescription() });
  const { options, ...place } = accountOf(emulator);
  const create = (own: Partial<OneDriveOptions> = {}): StorageDestination => oneDrive({ ...options, pieceBytes, retry, ...own });
  const harness = microsoftGraphHarness({ emulator, ...place, create: () => create() });
  return { emulator, restart: (ownRetry) => create({ retry: ownRetry }), ...harness };
}
