import type { SpotDraftClient } from '@spotdraft-archive/core';
import type { ArchiveDatabase } from '../database/open-database.ts';
import { requestsPerSecondOf } from './budget-options.ts';
import { sharedBudget } from './shared-budget.ts';

export interface WithinBudgetOptions {
  readonly database: ArchiveDatabase;
  readonly requestsPerSecond: number | undefined;
}

/** A client whose requests are counted together with those of all processes on the database. */
export function withinBudget(spotdraft: SpotDraftClient, { database, requestsPerSecond: given }: WithinBudgetOptions): SpotDraftClient {
  const requestsPerSecond = requestsPerSecondOf(given);
  if (requestsPerSecond === Number.POSITIVE_INFINITY) return spotdraft;
  return spotdraft.withBudget(sharedBudget(database, { source: spotdraft.source, requestsPerSecond }));
}
