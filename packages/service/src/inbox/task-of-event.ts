import type { ContractEvent } from '@spotdraft-archive/core';

/** What an event asks for: `archive` the contract, or note in the index what SpotDraft did with it. */
export type EventTask = 'archive' | 'mark-deleted' | 'mark-voided';

/**
 * Decides what a verified event asks for; `undefined` for the many that an archive has no use for.
 *
 * SpotDraft does not say whether importing an executed contract sends CONTRACT_EXECUTED, so the creation of one is enough, whatever
 * status it claims. The job asks SpotDraft for the present state before it does anything.
 */
export function taskOfEvent(event: ContractEvent): EventTask | undefined {
  if (event.kind !== 'contract') return undefined;
  switch (event.activity) {
    case 'CONTRACT_EXECUTED':
      return 'archive';
    case 'CONTRACT_VERSION_UPLOADED':
      return event.status === 'EXECUTED' ? 'archive' : undefined;
    case 'CONTRACT_CREATED':
      return event.contractKind === 'EXECUTED_CONTRACT' ? 'archive' : undefined;
    case 'CONTRACT_DELETED':
      return 'mark-deleted';
    case 'CONTRACT_VOIDED':
      return 'mark-voided';
    default:
      return undefined;
  }
}
