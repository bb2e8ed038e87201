import { z } from 'zod';
import { SpotDraftError } from '../../errors/spotdraft-error.ts';
import type { WebhookActivity } from '../../webhook/webhook-activities.ts';
import { id, text, texts } from '../answer-fields.ts';
import type { Requester, RequestOptions } from '../http/requester.ts';
import { type WithRaw, withRaw } from '../with-raw.ts';

/** What to be told of, and where. */
export interface NewWebhook {
  readonly title: string;
  /** SpotDraft accepts https only. */
  readonly url: string;
  readonly activities: readonly (WebhookActivity | (string & {}))[];
  readonly description?: string | undefined;
  /** Sent along with each call. Names begin with `X-`. Values are a good place for a secret of your own. */
  readonly customHeaders?: Readonly<Record<string, string>> | undefined;
}

/** A webhook as SpotDraft keeps it. Its headers are in `raw` alone, as they may hold a secret. */
export interface WebhookSubscription {
  /** Keep it: SpotDraft has no list of webhooks, and deleting one takes its id. */
  readonly id: string;
  readonly title: string;
  readonly url: string;
  readonly activities: readonly string[];
  readonly description?: string | undefined;
  /** `ACTIVE`, `DISABLED_BY_USER`, `DISABLED_BY_ERROR`, or a word that SpotDraft adds one day. */
  readonly status?: string | undefined;
}

const fields = z.looseObject({ id, title: text, url: text, only_for_activities: texts, description: text, status: text });

/**
 * Creates a webhook. Not safe to repeat: each call creates one. It is sent again only when the first certainly had no effect; otherwise the error's
 * recovery is `operator`, and SpotDraft's settings tell whether it is there.
 */
export async function createWebhook(
  requester: Requester,
  { title, url, activities, description, customHeaders }: NewWebhook,
  { signal }: RequestOptions = {},
): Promise<WithRaw<WebhookSubscription>> {
  const body = { title, url, only_for_activities: activities, description, custom_headers: customHeaders };
  return requester.json({ method: 'POST', path: '/webhooks/', body, isRepeatable: false, signal }, readSubscription);
}

/** Deletes a webhook. Safe to repeat after a lost reply. Throws `spotdraft.not_found` when there was none with this id from the start. */
export async function deleteWebhook(requester: Requester, webhookId: string | number, { signal }: RequestOptions = {}): Promise<void> {
  if (!/^\d+$/.test(String(webhookId))) throw invalidId();
  try {
    await requester.json({ method: 'DELETE', path: `/webhooks/${webhookId}`, signal }, () => undefined);
  } catch (error) {
    // Gone at the second try: the first one deleted it, and its reply was lost.
    if (error instanceof SpotDraftError && error.code === 'spotdraft.not_found' && Number(error.details['attempts']) > 1) return;
    throw error;
  }
}

function readSubscription(raw: unknown): WithRaw<WebhookSubscription> {
  const { id: webhookId, title = '', url = '', only_for_activities: activities, description, status } = fields.parse(raw);
  return withRaw({ id: webhookId, title, url, activities, description, status }, raw);
}

function invalidId(): SpotDraftError {
  return new SpotDraftError('The id of a webhook is a whole number.', {
    code: 'spotdraft.invalid_request',
    recovery: 'never',
    hint: 'Take it from the answer of webhooks.create.',
  });
}
