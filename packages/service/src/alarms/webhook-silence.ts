import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables.ts';
import { dayMs } from '../repair/date-range.ts';
import type { Finding } from '../repair/finding.ts';
import { lastHeardAt } from './last-heard.ts';
import { noteMoment, readMoment } from './moments.ts';

/** Webhooks that should have come and did not. */
export interface WebhookSilence {
  /** When the last webhook came; when the archive was installed, when none ever did. Milliseconds since 1970. */
  readonly since: number;
  /** When repair found last what they should have told of. */
  readonly missedAt: number;
}

/**
 * Tells whether webhooks seem to be lost or switched off: none came for so long, and meanwhile repair found contracts that they should have told
 * of. Silence alone proves nothing.
 */
export async function webhookSilence(
  database: Kysely<Tables>,
  { silentMs, now }: { readonly silentMs: number; readonly now: number },
): Promise<WebhookSilence | undefined> {
  const [heardAt, missedAt, since] = await Promise.all([lastHeardAt(database), readMoment(database, 'missed'), installedAt(database)]);
  const silentSince = heardAt ?? since;
  return missedAt !== undefined && missedAt > silentSince && now - silentSince > silentMs ? { since: silentSince, missedAt } : undefined;
}

export interface RepairRun {
  readonly findings: readonly Pick<Finding, 'kind' | 'action'>[];
  /** How far back it looked. */
  readonly days: number;
  readonly now: number;
}

/**
 * Notes that repair found contracts which no webhook told of. Those from before the archive was installed do not count, nor does one that waits for
 * its turn or for a person: somebody has told of it.
 */
export async function noteMissed(database: Kysely<Tables>, { findings, days, now }: RepairRun): Promise<void> {
  const isUntold = findings.some(({ kind, action }) => kind === 'missing' && action === 'archive');
  if (!isUntold || now - days * dayMs < (await installedAt(database))) return;
  await noteMoment(database, 'missed', now);
}

async function installedAt(database: Kysely<Tables>): Promise<number> {
  const row = await database
    .selectFrom('archive_schema')
    .select(({ fn }) => fn.min('applied_at').as('at'))
    .executeTakeFirst();
  return row?.at ?? 0;
}
