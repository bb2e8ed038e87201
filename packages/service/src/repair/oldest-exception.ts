import { ArchiveError, isContractId, type SpotDraftClient } from '@spotdraft-archive/core';

/** The executed contract that has waited longest for its copies. */
export interface OldestException {
  readonly contractId: string;
  readonly executedAt: Date;
  /** From its execution until now, in milliseconds. */
  readonly ageMs: number;
}

/** A contract that is not in every destination, and what is known of its execution. */
export interface WaitingContract {
  readonly contractId: string;
  /** As the index has it. */
  readonly executedAt: Date | undefined;
  /** The beginning of the window in which it was listed. */
  readonly executedFrom: Date;
}

export interface OldestOptions {
  readonly spotdraft: SpotDraftClient;
  readonly now: number;
  readonly signal?: AbortSignal | undefined;
}

/** SpotDraft's lists do not tell when a contract was executed, so it is asked; it is not to be asked for more contracts than this. */
export const mostAsked = 20;

/** The oldest of some contracts. One request for each whose date is not known; none for `H` contracts. */
export async function oldestOf(waiting: readonly WaitingContract[], options: OldestOptions): Promise<OldestException | undefined> {
  let oldest: OldestException | undefined;
  for (const contract of waiting) {
    const executedAt = contract.executedAt ?? (await executionDate(contract.contractId, options)) ?? contract.executedFrom;
    if (oldest && oldest.executedAt <= executedAt) continue;
    oldest = { contractId: contract.contractId, executedAt, ageMs: Math.max(options.now - executedAt.getTime(), 0) };
  }
  return oldest;
}

async function executionDate(contractId: string, { spotdraft, signal }: OldestOptions): Promise<Date | undefined> {
  if (!isContractId(contractId) || contractId.startsWith('H')) return undefined;
  try {
    return (await spotdraft.contracts.processMetrics(contractId, { signal })).executedAt;
  } catch (error) {
    // A contract without metrics must not hide how the others are.
    if (ArchiveError.isInstance(error) && error.code === 'spotdraft.not_found') return undefined;
    throw error;
  }
}
