import { ArchiveError, type Logger, type SpotDraftClient } from '@spotdraft-archive/core';
import type { Kysely } from 'kysely';
import { lastHeardAt } from '../alarms/last-heard.ts';
import { forgetMoment } from '../alarms/moments.ts';
import { webhookSilence } from '../alarms/webhook-silence.ts';
import type { Tables } from '../database/tables.ts';
import type { SubscriptionSettings } from './subscription-options.ts';
import { readSubscription, type SubscriptionRecord, saveSubscription } from './subscription-record.ts';

export interface KeepContext {
  readonly database: Kysely<Tables>;
  readonly spotdraft: SpotDraftClient;
  readonly settings: SubscriptionSettings;
  readonly logger: Logger | undefined;
  readonly now: () => number;
  readonly signal: AbortSignal;
}

/**
 * Creates the archive's webhook when there is none, and creates it anew when it seems to be paused or gone. To be called by one process at a time.
 *
 * SpotDraft tells neither which webhooks there are nor whether one is paused. So silence is suspicious once repair has found what webhooks should
 * have told of; then SpotDraft is asked to send a call again, and when it does not come, the webhook is taken for dead.
 */
export async function keepSubscription(context: KeepContext): Promise<void> {
  const { database, settings } = context;
  const record = await readSubscription(database);
  if (record?.fingerprint !== settings.fingerprint || record.state === 'planned') return create(record, context);
  if (record.state === 'doubtful') return settleDoubt(record, context);
  return look(record, context);
}

/** A call that came after the request proves that the webhook exists; contracts that it did not tell of, that it does not. */
async function settleDoubt(record: SubscriptionRecord, context: KeepContext): Promise<void> {
  const { database } = context;
  if (((await lastHeardAt(database)) ?? 0) > record.createdAt) return saveSubscription(database, { ...record, state: 'active' });
  if (await isSuspicious(record, context)) return create(record, context);
}

async function look(record: SubscriptionRecord, context: KeepContext): Promise<void> {
  const { database, now } = context;
  if (!(await isSuspicious(record, context))) return;
  const { probedAt } = record;
  if (probedAt === undefined) {
    const known = await lastToldContract(database);
    if (known === undefined) return create(record, context);
    await saveSubscription(database, { ...record, probedAt: now() });
    return probe(known, record, context);
  }
  if (((await lastHeardAt(database)) ?? 0) < probedAt) return create(record, context);
  // It is alive, so what was missed was lost on the way.
  await forgetMoment(database, 'missed');
  await saveSubscription(database, { ...record, probedAt: undefined });
}

/** Asks for a call to be sent again. What was not asked for proves nothing by not coming. */
async function probe(contractId: string, record: SubscriptionRecord, context: KeepContext): Promise<void> {
  const { database, spotdraft, signal } = context;
  try {
    await spotdraft.webhooks.retriggerLatest([contractId], { signal });
  } catch (error) {
    // SpotDraft may have forgotten a contract, and with it the call: then there is nothing to wait for.
    if (ArchiveError.isInstance(error) && error.code === 'spotdraft.not_found') return create(record, context);
    await saveSubscription(database, { ...record, probedAt: undefined });
    throw error;
  }
}

async function isSuspicious({ createdAt }: SubscriptionRecord, { database, settings, now }: KeepContext): Promise<boolean> {
  const silence = await webhookSilence(database, { silentMs: settings.silentMs, now: now() });
  return silence !== undefined && silence.missedAt > createdAt;
}

/** Deletes the webhook that was created before, if its id is known, and creates it anew. */
async function create(earlier: SubscriptionRecord | undefined, context: KeepContext): Promise<void> {
  const { database, spotdraft, settings, logger, now } = context;
  const { webhook, fingerprint } = settings;
  if (earlier?.webhookId !== undefined) await deleteEarlier(earlier.webhookId, context);
  const record = { fingerprint, webhookId: undefined, createdAt: now(), probedAt: undefined };
  await saveSubscription(database, { ...record, state: 'doubtful' });
  // A crash from here on may leave a webhook whose id nobody knows. The next call that comes from it, or does not, will tell.
  try {
    // Not interrupted when the service stops: the answer tells the id, and nothing else ever will.
    const { id: webhookId } = await spotdraft.webhooks.create(webhook);
    await saveSubscription(database, { ...record, webhookId, createdAt: now(), state: 'active' });
    logger?.info({ webhookId }, 'subscription.created');
  } catch (error) {
    if (isWithoutEffect(error)) await saveSubscription(database, { ...record, state: 'planned' });
    throw error;
  }
}

async function deleteEarlier(webhookId: string, { spotdraft, signal }: KeepContext): Promise<void> {
  try {
    await spotdraft.webhooks.delete(webhookId, { signal });
  } catch (error) {
    if (!ArchiveError.isInstance(error) || error.code !== 'spotdraft.not_found') throw error;
  }
}

/** After these SpotDraft may have created the webhook, although it did not say so. */
const doubtfulCodes: ReadonlySet<string> = new Set(['spotdraft.unavailable', 'spotdraft.timeout', 'spotdraft.unexpected_answer']);

function isWithoutEffect(error: unknown): boolean {
  return ArchiveError.isInstance(error) && (error.recovery === 'retry' || !doubtfulCodes.has(error.code));
}

/** A contract about which a webhook came, so that there is a call to be sent again. */
async function lastToldContract(database: Kysely<Tables>): Promise<string | undefined> {
  const row = await database
    .selectFrom('archive_inbox')
    .select('contract_number')
    .where('activity', '!=', 'CONTRACT_DELETED')
    .orderBy('received_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row && `T-${row.contract_number}`;
}
