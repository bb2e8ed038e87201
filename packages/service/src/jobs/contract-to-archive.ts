import { type ContractEvent, type ContractRow, resolveContractId, type SpotDraftClient } from '@spotdraft-archive/core';
import { type JsonText, writeJson } from '../database/json-column.ts';
import type { ArchiveDatabase } from '../database/open-database.ts';
import { findEvent } from '../inbox/find-event.ts';
import type { ClaimedJob } from './claimed-job.ts';

export interface LookUpOptions {
  readonly database: ArchiveDatabase;
  readonly spotdraft: SpotDraftClient;
  readonly now: number;
  readonly signal: AbortSignal;
}

/** How long a list row counts as fresh state, in milliseconds. */
const rowMaxAgeMs = 600_000;

/**
 * Finds what is known about a job's contract, with the fewest requests: none for a webhook's event and for a row that was listed a moment
 * ago, one for an id. The id itself when SpotDraft lists no such contract.
 */
export async function contractToArchive(job: ClaimedJob, options: LookUpOptions): Promise<ContractEvent | ContractRow | string> {
  const { database, spotdraft, now, signal } = options;
  const event = await findEvent(database.sql, job.subject);
  if (event) return event;
  if (job.hint && now - job.hint.readAt < rowMaxAgeMs) return readRow(job.hint.row);
  const contractId = job.contractId ?? (await resolveContractId(job.contractNumber, { spotdraft, signal })).contractId;
  return (await spotdraft.contracts.find(contractId, { signal })) ?? contractId;
}

/** Keeps a list row for a job. */
export function writeRow(row: ContractRow): JsonText<ContractRow> {
  return writeJson(row);
}

function readRow(text: JsonText<ContractRow>): ContractRow {
  // JSON has no dates: this one comes back as text.
  const row = JSON.parse(text) as Omit<ContractRow, 'createdAt'> & { readonly createdAt?: string };
  return { ...row, createdAt: row.createdAt === undefined ? undefined : new Date(row.createdAt) };
}
