import type { StorageDestination } from '@spotdraft-archive/core/destination';
import { type DestinationHarness, microsoftGraphHarness, startMicrosoftGraphEmulator } from '@spotdraft-archive/testkit';
import { graphDescription } from '../../microsoft-graph/test/graph-description.ts';
import { oneDrive } from '../src/index.ts';

/** The smallest piece that Graph takes keeps uploads in pieces small enough for tests. */
const pieceBytes = 320 * 1024;
const retry = { budgetMs: 200, firstDelayMs: 2, maxDelayMs: 10 };

/** A folder in the emulated drive of a work account, with every hook of the conformance suite. */
export async function workHarness(): Promise<DestinationHarness> {
  const emulator = await startMicrosoftGraphEmulator({ description: graphDescription() });
  const { cloud, work } = emulator;
  const create = (): StorageDestination => oneDrive({ auth: work.accessToken, cloud, drive: 'me', path: 'Contracts', pieceBytes, retry });
  return microsoftGraphHarness({ emulator, drive: work.drive, folders: ['Contracts'], create });
}

/** The folder of an app in the emulated drive of a personal account. */
export async function personalHarness(): Promise<DestinationHarness> {
  const emulator = await startMicrosoftGraphEmulator({ description: graphDescription() });
  const { cloud, personal } = emulator;
  const create = (): StorageDestination =>
    oneDrive({ auth: personal.accessToken, cloud, drive: 'approot', account: 'personal', path: 'Contracts', pieceBytes, retry });
  const folders = ['Apps', 'SpotDraft Archive', 'Contracts'];
  return microsoftGraphHarness({ emulator, drive: personal.drive, folders, create, sidecarEnding: '.json' });
}
