import { setTimeout as delay } from 'node:timers/promises';

/** How long a statement waits for others who are writing, in milliseconds. */
const longestWaitMs = 15_000;

const pauseMs = 5;

/** Result code of a file that somebody else is writing to. https://www.sqlite.org/rescode.html#busy */
const busyCode = 5;

/**
 * Repeats a statement while another connection holds the file. Such a statement has had no effect.
 *
 * SQLite can wait by itself, but then it blocks the whole process, and with it the very transaction it may be waiting for.
 */
export async function waitWhileBusy<Result>(statement: () => Promise<Result>): Promise<Result> {
  const giveUpAt = performance.now() + longestWaitMs;
  for (;;) {
    try {
      return await statement();
    } catch (error) {
      if (!isBusy(error) || performance.now() > giveUpAt) throw error;
    }
    await delay(pauseMs * (1 + Math.random()));
  }
}

function isBusy(error: unknown): boolean {
  // The lower byte; the upper one tells the kind of business.
  return error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' && (error.errcode & 0xff) === busyCode;
}
