import type { ContractEvent } from '@spotdraft-archive/core';
import type { JobTask } from '../tasks/job-task.ts';

/** What an event asks for: `archive` the contract, `refresh` its row of the index, or note there what SpotDraft did with it. */
export type EventTask = JobTask | 'mark-deleted' | 'mark-voided';

/** The activities that may ask for a contract to be archived. */
export const archivingActivities = ['CONTRACT_EXECUTED', 'CONTRACT_VERSION_UPLOADED', 'CONTRACT_CREATED'] as const;

export interface EventInterests {
  /** True when the index keeps key pointers. */
  readonly keepsKeyPointers: boolean;
}

/**
 * Decides what a verified event asks for; `undefined` for the many that an archive has no use for.
 *
 * SpotDraft does not say whether importing an executed contract sends CONTRACT_EXECUTED, so the creation of one is enough, whatever
 * status it claims. The job asks SpotDraft for the present state before it does anything.
 */
export function taskOfEvent(event: ContractEvent, { keepsKeyPointers }: EventInterests): EventTask | undefined {
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
    case 'CONTRACT_DATA_UPDATED':
    case 'CONTRACT_ENTITY_UPDATED':
    case 'CONTRACT_EXTERNAL_METADATA_CREATED':
    case 'CONTRACT_EXTERNAL_METADATA_UPDATED':
    // Nobody has written down what these carry; one that names no contract is let go.
    case 'COUNTER_PARTY_UPDATED':
    case 'COUNTER_PARTY_CONTACT_UPDATED':
      return 'refresh';
    case 'CONTRACT_KEY_POINTER_CREATION':
    case 'CONTRACT_KEY_POINTER_UPDATION':
      return keepsKeyPointers ? 'refresh' : undefined;
    default:
      return undefined;
  }
}
