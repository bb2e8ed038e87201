import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables.ts';
import { newestEvent } from '../health/backlog.ts';
import { noteMoment, readMoment } from './moments.ts';

/** Webhooks may come many times a second; that they come is worth a note once in so many milliseconds. */
const pauseMs = 10_000;

/** When SpotDraft was heard of last, by any verified webhook: also one that was known, or that the archive has no use for. Milliseconds since 1970. */
export async function lastHeardAt(database: Kysely<Tables>): Promise<number | undefined> {
  const [heardAt = 0, storedAt = 0] = await Promise.all([readMoment(database, 'heard'), newestEvent(database)]);
  return Math.max(heardAt, storedAt) || undefined;
}

/** Notes that a verified webhook came; not each time. */
export function createHearing(database: Kysely<Tables>): (now: number) => Promise<void> {
  let notedAt = Number.NEGATIVE_INFINITY;
  return async (now) => {
    if (now - notedAt < pauseMs) return;
    notedAt = now;
    await noteMoment(database, 'heard', now);
  };
}
