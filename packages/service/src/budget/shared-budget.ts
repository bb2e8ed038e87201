import { setTimeout as delay } from 'node:timers/promises';
import type { RequestBudget } from '@spotdraft-archive/core';
import { databaseNow } from '../database/database-now.ts';
import type { ArchiveDatabase } from '../database/open-database.ts';

export interface BudgetOptions {
  /** Whose requests are counted: the source of the SpotDraft client. */
  readonly source: string;
  readonly requestsPerSecond: number;
}

/** The time in which no more than `requestsPerSecond` begin. The rest of it makes up for requests that set out a little late. */
const windowMs = 1_100;

/** A request that would set out later than this, as in a busy process, gets another moment, lest it meets those of others. */
const latestMs = 40;

const mostMoments = 5;

/**
 * One budget for all processes on a database: each request is given a moment of its own, and moments are evenly spaced.
 *
 * One statement for each request; nobody looks twice. Rejects with `LedgerError` when the database fails, and with the reason of `signal`.
 */
export function sharedBudget({ sql, engine }: ArchiveDatabase, { source, requestsPerSecond }: BudgetOptions): RequestBudget {
  const spacingMs = Math.ceil(windowMs / requestsPerSecond);

  /** Puts the next moment off. Answers how far it was away, in milliseconds. */
  async function putOff(byMs: number): Promise<number> {
    const now = databaseNow(engine);
    const { waitMs } = await sql
      .insertInto('archive_budget')
      .values((eb) => ({ source, next_at: eb(now, '+', byMs) }))
      .onConflict((conflict) =>
        conflict.column('source').doUpdateSet((eb) => {
          const taken = eb.ref('archive_budget.next_at');
          return { next_at: eb(eb.case().when(taken, '>', now).then(taken).else(now).end(), '+', byMs) };
        }),
      )
      .returning((eb) => eb(eb(eb.ref('archive_budget.next_at'), '-', now), '-', byMs).as('waitMs'))
      .executeTakeFirstOrThrow();
    return Math.max(waitMs, 0);
  }

  return {
    async take({ signal }) {
      for (let moment = 1; moment <= mostMoments; moment += 1) {
        const waitMs = await putOff(spacingMs);
        const answeredAt = performance.now();
        await delay(waitMs, undefined, { signal }).catch((error: unknown) => {
          signal?.throwIfAborted();
          throw error;
        });
        if (performance.now() - answeredAt - waitMs < latestMs) return;
      }
    },
    async exceeded({ retryAfterMs }) {
      await putOff(retryAfterMs);
    },
  };
}
