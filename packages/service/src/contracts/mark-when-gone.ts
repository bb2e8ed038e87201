import type { ArchiveDatabase } from '../database/open-database.ts';
import { goneEvent } from '../inbox/gone-event.ts';
import { type StateAtSourceOptions, stateAtSource } from '../repair/state-at-source.ts';
import { markContract } from './mark-contract.ts';

export interface MarkWhenGoneOptions extends StateAtSourceOptions {
  readonly database: ArchiveDatabase;
  /** When the attempt at the contract began, in milliseconds since 1970. */
  readonly since: number;
}

/**
 * Marks a contract whose row of the index was just written when a webhook has told meanwhile that it is gone: there was no row yet that it could have
 * marked, or the row has just been overwritten. Answers whether it is gone.
 *
 * A webhook that came earlier is believed only when SpotDraft agrees, as the contract may have come back. Costs no request unless there is one.
 */
export async function markWhenGone(contractId: string, options: MarkWhenGoneOptions): Promise<boolean> {
  const { database, since } = options;
  const event = await goneEvent(database.sql, contractId);
  if (event === undefined) return false;
  const sourceState = event.receivedAt >= since ? event.state : await stateAtSource(contractId, options);
  if (sourceState === undefined) return false;
  await database.sql.transaction().execute((transaction) => markContract(transaction, { contractId, sourceState }));
  return true;
}
