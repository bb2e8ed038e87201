import { ArchiveError, describeContract } from '@spotdraft-archive/core';
import { metadataOf } from '../contracts/contract-metadata.ts';
import { indexContract } from '../contracts/index-contract.ts';
import { findLatestEvent } from '../inbox/find-event.ts';
import type { JobContext } from '../jobs/run-job.ts';

export interface RefreshOptions {
  readonly context: Pick<JobContext, 'database' | 'spotdraft' | 'index'>;
  /** Of the job that the events wait for. */
  readonly subject: string;
  readonly signal: AbortSignal;
}

/**
 * Brings a contract's row of the index up to date after its description has changed. Reads no document and asks no store; names of copies stay.
 *
 * One request to SpotDraft, and one more with key pointers. Nothing happens when SpotDraft does not show an executed contract any more: `repair`
 * tells of those.
 */
export async function refreshContract(contractId: string, { context, subject, signal }: RefreshOptions): Promise<void> {
  const { database, spotdraft, index } = context;
  const event = await findLatestEvent(database.sql, subject);
  try {
    const contract = await describeContract(event ?? contractId, {
      spotdraft,
      facts: index.facts.filter((fact) => fact === 'keyPointers'),
      signal,
    });
    const metadata = { ...metadataOf(contract, index), describedAt: event?.occurredAt?.toISOString() };
    await indexContract(database.sql, { contract, metadata, isPartial: event === undefined });
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}

function isGone(error: unknown): boolean {
  if (!ArchiveError.isInstance(error)) return false;
  const { code, recovery } = error;
  if (code === 'spotdraft.contract_unresolved') return recovery === 'retry';
  return code === 'spotdraft.not_executed' || code === 'spotdraft.not_found';
}
