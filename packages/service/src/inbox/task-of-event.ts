import type { ContractEvent, WebhookActivity } from '@spotdraft-archive/core';
import type { JobTask } from '../tasks/job-task.ts';

/** What an event asks for: `archive` the contract, `refresh` its row of the index, or note there what SpotDraft did with it. */
export type EventTask = JobTask | 'mark-deleted' | 'mark-voided';

/** The activities that may ask for a contract to be archived. */
export const archivingActivities = ['CONTRACT_EXECUTED', 'CONTRACT_VERSION_UPLOADED', 'CONTRACT_CREATED'] as const;

export interface EventInterests {
  /** True when the index keeps key pointers. */
  readonly keepsKeyPointers: boolean;
}

type Decision = (event: ContractEvent, interests: EventInterests) => EventTask | undefined;

const refresh: Decision = () => 'refresh';
const refreshKeyPointers: Decision = (_event, { keepsKeyPointers }) => (keepsKeyPointers ? 'refresh' : undefined);

/**
 * SpotDraft does not say whether importing an executed contract sends CONTRACT_EXECUTED, so the creation of one is enough, whatever status it
 * claims. The job asks SpotDraft for the present state before it does anything.
 */
const decisions: { readonly [Activity in WebhookActivity]?: Decision } = {
  CONTRACT_EXECUTED: () => 'archive',
  CONTRACT_VERSION_UPLOADED: ({ status }) => (status === 'EXECUTED' ? 'archive' : undefined),
  CONTRACT_CREATED: ({ contractKind }) => (contractKind === 'EXECUTED_CONTRACT' ? 'archive' : undefined),
  CONTRACT_DELETED: () => 'mark-deleted',
  CONTRACT_VOIDED: () => 'mark-voided',
  CONTRACT_DATA_UPDATED: refresh,
  CONTRACT_ENTITY_UPDATED: refresh,
  CONTRACT_EXTERNAL_METADATA_CREATED: refresh,
  CONTRACT_EXTERNAL_METADATA_UPDATED: refresh,
  // Nobody has written down what these carry; one that names no contract is let go.
  COUNTER_PARTY_UPDATED: refresh,
  COUNTER_PARTY_CONTACT_UPDATED: refresh,
  CONTRACT_KEY_POINTER_CREATION: refreshKeyPointers,
  CONTRACT_KEY_POINTER_UPDATION: refreshKeyPointers,
};

/** The activities that the service has a use for. */
export const usefulActivities: readonly string[] = Object.keys(decisions);

/** Decides what a verified event asks for; `undefined` for the many that an archive has no use for. */
export function taskOfEvent(event: ContractEvent, interests: EventInterests): EventTask | undefined {
  const { activity } = event;
  return isUseful(activity) ? decisions[activity]?.(event, interests) : undefined;
}

function isUseful(activity: string): activity is WebhookActivity {
  return Object.hasOwn(decisions, activity);
}
