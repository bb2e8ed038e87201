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
export async function executionDate(contractId: string, { spotdraft, signal }: ExecutionDateOptions): Promise<Date | undefined> {
  if (contractId.startsWith('T-')) {
    const metrics = await spotdraft.contracts.processMetrics(contractId, { signal });
    if (metrics?.executedAt) return metrics.executedAt;
  }
  const recipients = await spotdraft.contracts.recipients(contractId, { signal });
  const signed = recipients.filter(({ type, signedAt }) => type === 'SIGNATORY' && signedAt).map(({ signedAt }) => signedAt as Date);
  return signed.toSorted((a, b) => a.getTime() - b.getTime()).at(-1);
}
