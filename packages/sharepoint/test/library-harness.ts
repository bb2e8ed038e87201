import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock, StorageDestination } from '@spotdraft-archive/core/destination';
import {
  type FaultSweepHarness,
  type GraphBehaviour,
  type MicrosoftGraphEmulator,
  microsoftGraphHarness,
  startMicrosoftGraphEmulator,
} from '@spotdraft-archive/testkit';
import { type SharePointOptions, sharePoint } from '../src/index.ts';
import { graphDescription } from './graph-description.ts';

/** The smallest piece that Graph takes keeps uploads in pieces small enough for tests. */
const pieceBytes: number = 320 * 1024;

export function libraryOn(
  { accessToken, cloud, siteUrl }: MicrosoftGraphEmulator,
  options: Partial<SharePointOptions> = {},
): StorageDestination {
  const retry = { budgetMs: 200, firstDelayMs: 2, maxDelayMs: 10 };
  return sharePoint({ auth: accessToken, cloud, siteUrl, library: 'Contracts', path: 'Legal/Executed', pieceBytes, retry, ...options });
}

/** Time that follows the emulator's: whoever waits moves it on to where the wait ends, so nobody sleeps. */
export function emulatedTime({ clock }: MicrosoftGraphEmulator): Clock {
  return {
    now: () => clock.now(),
    random: () => 0,
    async wait(milliseconds, { signal } = {}) {
      const until = clock.now() + milliseconds;
      await nextTurn();
      signal?.throwIfAborted();
      clock.advance(Math.max(0, until - clock.now()));
    },
  };
}

export interface LibraryHarness extends FaultSweepHarness {
  readonly emulator: MicrosoftGraphEmulator;
}

/** A destination in a folder of an emulated library, with every hook of the conformance suite. */
export async function libraryHarness(
  options: Partial<SharePointOptions> = {},
  behaviour: Partial<GraphBehaviour> = {},
): Promise<LibraryHarness> {
  const emulator = await startMicrosoftGraphEmulator({ behaviour, description: graphDescription() });
  const create = () => libraryOn(emulator, options);
  const restart: FaultSweepHarness['restart'] = (retry) => libraryOn(emulator, { ...options, retry });
  return { emulator, restart, ...microsoftGraphHarness({ emulator, drive: emulator.library, folders: ['Legal', 'Executed'], create }) };
}
