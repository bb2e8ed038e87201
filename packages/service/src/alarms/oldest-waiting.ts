import { parseContractEvent } from '@spotdraft-archive/core';
import type { Kysely } from 'kysely';
import { readJson } from '../database/json-column.ts';
import type { Tables } from '../database/tables.ts';
import { openStates } from '../health/backlog.ts';
import { archivingActivities } from '../inbox/task-of-event.ts';

/** A contract that is not archived. */
export interface OldestWaiting {
  /** Composite id, or the number alone when a webhook brought it. */
  readonly subject: string;
  /** When it was executed, as the webhook told; otherwise when the archive first heard of it. Milliseconds since 1970. */
  readonly since: number;
}

/** Webhooks come in about the order of executions, so the oldest contract is among the first of them. */
const candidates = 20;

/** The executed contract that has waited longest for its copies, of those that the archive knows of. Asks the database only. */
export async function oldestWaiting(database: Kysely<Tables>): Promise<OldestWaiting | undefined> {
  const [events, jobs] = await Promise.all([
    database
      .selectFrom('archive_inbox')
      .select(['subject', 'body', 'received_at'])
      .where('done_at', 'is', null)
      .where('activity', 'in', archivingActivities)
      .orderBy('received_at')
      .limit(candidates)
      .execute(),
    database
      .selectFrom('archive_jobs')
      .select(['subject', 'hint_at'])
      .where('state', 'in', openStates)
      .where('hint_at', 'is not', null)
      .orderBy('hint_at')
      .limit(1)
      .execute(),
  ]);
  const waiting: OldestWaiting[] = [
    ...events.map(({ subject, body, received_at: receivedAt }) => ({ subject: subject ?? '', since: executedAt(body) ?? receivedAt })),
    ...jobs.map(({ subject, hint_at: since }) => ({ subject, since: since ?? 0 })),
  ];
  return waiting.toSorted((a, b) => a.since - b.since)[0];
}

function executedAt(body: Parameters<typeof readJson>[0]): number | undefined {
  const event = body === null ? undefined : parseContractEvent(readJson(body));
  return event?.activity === 'CONTRACT_EXECUTED' ? event.occurredAt?.getTime() : undefined;
}
