import { type SpotDraftClient, SpotDraftError } from '@spotdraft-archive/core';

/** What SpotDraft may have done with a contract that was executed. */
export type GoneState = 'DELETED' | 'VOIDED';

export interface StateAtSourceOptions {
  readonly spotdraft: SpotDraftClient;
  readonly signal?: AbortSignal | undefined;
}

/** What became of a contract; `undefined` when SpotDraft has it all the same. One request. */
export async function stateAtSource(contractId: string, { spotdraft, signal }: StateAtSourceOptions): Promise<GoneState | undefined> {
  try {
    const { status } = await spotdraft.contracts.status(contractId, { signal });
    return status === 'VOIDED' ? status : undefined;
  } catch (error) {
    if (error instanceof SpotDraftError && error.code === 'spotdraft.not_found') return 'DELETED';
    throw error;
  }
}
