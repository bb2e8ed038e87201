import { type ContractEvent, parseContractEvent } from '@spotdraft-archive/core';
import type { Kysely } from 'kysely';
import { readJson } from '../database/json-column.ts';
import type { Tables } from '../database/tables.ts';

/** The event that tells most about a job's contract: the one of its execution, which knows the date, before later ones. */
export async function findEvent(database: Kysely<Tables>, subject: string): Promise<ContractEvent | undefined> {
  const rows = await database
    .selectFrom('archive_inbox')
    .select(['activity', 'body'])
    .where('subject', '=', subject)
    .where('body', 'is not', null)
    .orderBy('received_at', 'desc')
    .limit(20)
    .execute();
  const row = rows.find(({ activity }) => activity === 'CONTRACT_EXECUTED') ?? rows[0];
  return row && parseContractEvent(readJson(row.body));
}

/** The event that happened last among those that a job waits for. */
export async function findLatestEvent(database: Kysely<Tables>, subject: string): Promise<ContractEvent | undefined> {
  const rows = await database
    .selectFrom('archive_inbox')
    .select('body')
    .where('subject', '=', subject)
    .where('body', 'is not', null)
    .orderBy('received_at', 'desc')
    .limit(20)
    .execute();
  const events = rows.map(({ body }) => parseContractEvent(readJson(body)));
  return events.toSorted((a, b) => (b.occurredAt?.getTime() ?? 0) - (a.occurredAt?.getTime() ?? 0))[0];
}
