import type { StorageDestination } from '@spotdraft-archive/core/destination';
import {
  type DestinationHarness,
  type GraphBehaviour,
  microsoftGraphHarness,
  startMicrosoftGraphEmulator,
} from '@spotdraft-archive/testkit';
import { type SharePointOptions, sharePoint } from '../src/index.ts';

/** The smallest piece that Graph takes keeps uploads in pieces small enough for tests. */
export const pieceBytes: number = 320 * 1024;

export interface LibraryOptions {
  readonly behaviour?: Partial<GraphBehaviour> | undefined;
  readonly options?: Partial<SharePointOptions> | undefined;
}

/** A destination in a folder of an emulated library, with every hook of the conformance suite. */
export async function libraryHarness({ behaviour, options }: LibraryOptions = {}): Promise<DestinationHarness> {
  const emulator = await startMicrosoftGraphEmulator({ behaviour });
  const { accessToken, cloud, siteUrl, library } = emulator;
  const create = (): StorageDestination =>
    sharePoint({
      auth: accessToken,
      cloud,
      siteUrl,
      library: 'Contracts',
      path: 'Legal/Executed',
      pieceBytes,
      retry: { budgetMs: 200, firstDelayMs: 2, maxDelayMs: 10 },
      ...options,
    });
  return microsoftGraphHarness({ emulator, drive: library, folders: ['Legal', 'Executed'], create });
}
