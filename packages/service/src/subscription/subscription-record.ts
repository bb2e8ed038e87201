import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables.ts';

/** What the archive remembers of its webhook in SpotDraft. */
export interface SubscriptionRecord {
  /**
   * `planned`: none was asked for yet. `doubtful`: one was asked for, and it is not known whether it exists. `active`: it exists, as far as can
   * be known.
   */
  readonly state: 'planned' | 'doubtful' | 'active';
  /** SpotDraft's id; absent when its answer was lost. */
  readonly webhookId: string | undefined;
  readonly fingerprint: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  /** When SpotDraft was asked to send a call again, to see whether it comes. */
  readonly probedAt: number | undefined;
}

/** An archive has one. */
const name = 'webhook';

export async function readSubscription(database: Kysely<Tables>): Promise<SubscriptionRecord | undefined> {
  const row = await database.selectFrom('archive_subscription').selectAll().where('name', '=', name).executeTakeFirst();
  if (!row) return undefined;
  const { state, webhook_id: webhookId, fingerprint, created_at: createdAt, probed_at: probedAt } = row;
  return { state, webhookId: webhookId ?? undefined, fingerprint, createdAt, probedAt: probedAt ?? undefined };
}

export async function saveSubscription(database: Kysely<Tables>, record: SubscriptionRecord): Promise<void> {
  const { state, webhookId = null, fingerprint, createdAt, probedAt = null } = record;
  const row = { state, webhook_id: webhookId, fingerprint, created_at: createdAt, probed_at: probedAt };
  await database
    .insertInto('archive_subscription')
    .values({ name, ...row })
    .onConflict((conflict) => conflict.column('name').doUpdateSet(row))
    .execute();
}
