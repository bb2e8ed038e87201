import type { ArchiveEvent, Logger } from '@spotdraft-archive/core';
import type { JobState } from '../database/tables.ts';

/** A verified webhook is in the database, or was before. */
export interface WebhookAccepted {
  readonly type: 'webhook.accepted';
  /** SHA-256 of the raw body. */
  readonly deliveryId: string;
  readonly activity: string;
  readonly contractNumber: number | undefined;
}

/** An attempt at a contract came to an end, and what was decided about its job is in the database. */
export interface JobEnded {
  readonly type: 'job.ended';
  /** Composite id, or the number alone when SpotDraft never told which contract a webhook meant. */
  readonly subject: string;
  readonly contractId: string | undefined;
  /** `waiting`: once more, at `dueAt`. */
  readonly state: Exclude<JobState, 'running'>;
  /** Attempts used up so far. */
  readonly attempts: number;
  /** ISO 8601. */
  readonly dueAt: string | undefined;
  /** Codes by destination; `''` stands for the contract itself. */
  readonly failures: Readonly<Record<string, string>>;
}

/** What the service tells beside the steps of each contract. Holds ids, codes and times. */
export type ServiceEvent = WebhookAccepted | JobEnded;

const levels: Readonly<Record<JobEnded['state'], keyof Logger>> = { done: 'debug', waiting: 'info', parked: 'warn', dead: 'error' };

/** Writes an event of the service as one structured line. Those of the steps of a contract are written where they happen. */
export function logServiceEvent(logger: Logger, event: ArchiveEvent | ServiceEvent): void {
  if (event.type === 'webhook.accepted') logger.debug(event, event.type);
  else if (event.type === 'job.ended') logger[levels[event.state]](event, event.type);
}
