import { createHash } from 'node:crypto';
import type { NewWebhook } from '@spotdraft-archive/core';
import { usefulActivities } from '../inbox/task-of-event.ts';
import { optionError } from '../option-error.ts';

/** The webhook that the service keeps alive in SpotDraft. */
export interface SubscriptionOptions extends Pick<NewWebhook, 'url' | 'description' | 'customHeaders'> {
  /** @default 'Contract archive' */
  readonly title?: string | undefined;
  /** @default those that the service acts on */
  readonly activities?: NewWebhook['activities'] | undefined;
  /** How often it is looked whether the webhook is alive, in milliseconds. Asks SpotDraft only when it seems not to be. @default 300_000 */
  readonly everyMs?: number | undefined;
  /** How long webhooks may be silent before the webhook is suspected, when repair found contracts meanwhile that it did not tell of. @default 7_200_000 */
  readonly silentMs?: number | undefined;
}

export interface SubscriptionSettings {
  readonly webhook: NewWebhook;
  /** Names the webhook as it is wanted: another one has to be created when it changes. Tells nothing about its headers. */
  readonly fingerprint: string;
  readonly everyMs: number;
  readonly silentMs: number;
}

/** Throws `ConfigurationError` that names the option and the remedy. */
export function subscriptionSettings(options: SubscriptionOptions | undefined): SubscriptionSettings | undefined {
  if (options === undefined) return undefined;
  const { url, title = 'Contract archive', activities = usefulActivities, description, customHeaders } = options;
  const { everyMs = 300_000, silentMs = 7_200_000 } = options;
  if (typeof url !== 'string' || !URL.canParse(url))
    throw optionError('webhook.subscription.url', 'Pass the https address of the handler.');
  if (activities.length === 0) throw invalid('activities', 'Leave it out, or name at least one.');
  if (!(everyMs > 0)) throw invalid('everyMs', 'Pass a positive number of milliseconds.');
  if (!(silentMs > 0)) throw invalid('silentMs', 'Pass a positive number of milliseconds.');
  const webhook = { title, url, activities, description, customHeaders };
  const fingerprint = createHash('sha256').update(JSON.stringify(webhook)).digest('hex');
  return { webhook, fingerprint, everyMs, silentMs };
}

function invalid(name: string, remedy: string): ReturnType<typeof optionError> {
  return optionError(`webhook.subscription.${name}`, remedy, 'config.invalid_option');
}
