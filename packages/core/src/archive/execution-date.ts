import { parseContractId } from '../contract/contract-id.ts';
import { ArchiveError } from '../errors/archive-error.ts';
import type { SpotDraftClient } from '../spotdraft/client.ts';

export interface ExecutionDateOptions {
  readonly spotdraft: SpotDraftClient;
  readonly signal?: AbortSignal | undefined;
}

/**
 * When the last signature was given, as far as SpotDraft knows.
 *
 * The process metrics are trusted most, but only contracts with a `T-` id have them; the signatories' own times come next. Contracts that were
 * imported already executed may have neither: `undefined`.
 */
export async function executionDate(contractId: string, options: ExecutionDateOptions): Promise<Date | undefined> {
  return (await dateInMetrics(contractId, options)) ?? (await lastSignature(contractId, options));
}

async function dateInMetrics(contractId: string, { spotdraft, signal }: ExecutionDateOptions): Promise<Date | undefined> {
  if (parseContractId(contractId).prefix !== 'T') return undefined;
  try {
    return (await spotdraft.contracts.processMetrics(contractId, { signal })).executedAt;
  } catch (error) {
    // Imported contracts went through no process, so they may have no metrics.
    if (ArchiveError.isInstance(error) && error.code === 'spotdraft.not_found') return undefined;
    throw error;
  }
}

async function lastSignature(contractId: string, { spotdraft, signal }: ExecutionDateOptions): Promise<Date | undefined> {
  const recipients = await spotdraft.contracts.recipients(contractId, { signal });
  return recipients
    .filter(({ type, action }) => type === 'SIGNATORY' && action?.isSuccess)
    .flatMap(({ action }) => action?.actedAt ?? [])
    .toSorted((a, b) => a.getTime() - b.getTime())
    .at(-1);
}
