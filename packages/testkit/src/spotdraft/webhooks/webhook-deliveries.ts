import { pythonJson } from '../../fixtures/python-json.ts';
import type { Activity } from '../workspace/workspace.ts';
import { describeActivity } from './describe-activity.ts';
import { postWebhook } from './post-webhook.ts';
import type { DeliveryRule, MutableDelivery, WebhookDelivery } from './webhook-delivery.ts';
import type { WebhookSubscription } from './webhook-subscription.ts';

interface PlannedCopies {
  readonly rule: DeliveryRule;
  readonly copies: number;
  left: number;
}

export interface WebhookDeliveriesOptions {
  readonly hmacKey: string;
  readonly failureLimit: number;
  readonly timeoutMs: number;
  readonly fetch: typeof fetch;
}

/** Creates the workspace's webhooks, calls them, and lets tests lose, repeat, hold back and reorder the calls. */
export class WebhookDeliveries {
  readonly #options: WebhookDeliveriesOptions;
  readonly #subscriptions = new Map<number, WebhookSubscription>();
  readonly #deliveries: MutableDelivery[] = [];
  readonly #planned: PlannedCopies[] = [];
  readonly #queues = new Map<number, Promise<void>>();
  readonly #stopping = new AbortController();
  #held: MutableDelivery[] | undefined;
  /** Base64. Another one can be set at any time: it signs all later calls. */
  hmacKey: string;

  constructor(options: WebhookDeliveriesOptions) {
    this.#options = options;
    this.hmacKey = options.hmacKey;
  }

  /** Every call there was to make, oldest first. */
  get all(): readonly WebhookDelivery[] {
    return this.#deliveries;
  }

  get webhooks(): readonly WebhookSubscription[] {
    return [...this.#subscriptions.values()];
  }

  /** For the API: creates a webhook. */
  subscribe(subscription: WebhookSubscription): void {
    this.#subscriptions.set(subscription.id, subscription);
  }

  /** For the API: deletes a webhook; false when there is none. */
  unsubscribe(id: number): boolean {
    return this.#subscriptions.delete(id);
  }

  /** The next matching deliveries are never sent. */
  drop(rule: DeliveryRule = {}): void {
    this.#plan(rule, 0);
  }

  /** The next matching deliveries are sent `copies` times. */
  duplicate({ copies = 2, ...rule }: DeliveryRule & { readonly copies?: number | undefined } = {}): void {
    this.#plan(rule, copies);
  }

  /** Keeps all deliveries back until `release`. */
  hold(): void {
    this.#held ??= [];
  }

  /** Sends what was held back, in its order or another one. */
  release(order: 'sent' | 'reversed' | ((first: WebhookDelivery, second: WebhookDelivery) => number) = 'sent'): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    if (order === 'reversed') held.reverse();
    if (typeof order === 'function') held.sort(order);
    for (const delivery of held) this.#send(delivery);
  }

  /** Sends a delivery again, byte for byte. */
  redeliver(delivery: WebhookDelivery): void {
    this.#send(delivery);
  }

  /** Resolves when no call is under way. */
  async settled(): Promise<void> {
    while (this.#queues.size > 0) await Promise.all(this.#queues.values());
  }

  /** For the workspace: calls every active webhook that was created for this activity. */
  announce(activity: Activity): void {
    // No published call is about a contract of the historical store, and an integer alone could not name one.
    if (activity.contract.series === 'H') return;
    const body = pythonJson(describeActivity(activity));
    for (const { id, activities, status } of this.#subscriptions.values()) {
      if (status !== 'ACTIVE' || !activities.includes(activity.name)) continue;
      this.#take({
        sequence: this.#deliveries.length + 1,
        webhookId: id,
        contractId: activity.contract.id,
        activity: activity.name,
        body,
        outcome: 'waiting',
        status: undefined,
        attempts: 0,
      });
    }
  }

  /** For the API: sends the last call about a contract to each webhook again. */
  redeliverLatest(contractId: string): void {
    for (const webhookId of this.#subscriptions.keys()) {
      const latest = this.#deliveries.findLast((delivery) => delivery.webhookId === webhookId && delivery.contractId === contractId);
      if (latest !== undefined) this.#send(latest);
    }
  }

  /** For the emulator: ends the calls under way. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.settled();
  }

  #plan(rule: DeliveryRule, copies: number): void {
    this.#planned.push({ rule, copies, left: rule.times ?? 1 });
  }

  #take(delivery: MutableDelivery): void {
    this.#deliveries.push(delivery);
    const planned = this.#planned.find(({ rule, left }) => left > 0 && (rule.where?.(delivery) ?? true));
    if (planned !== undefined) planned.left -= 1;
    const copies = planned?.copies ?? 1;
    delivery.outcome = copies === 0 ? 'dropped' : this.#held ? 'held' : 'waiting';
    for (let copy = 0; copy < copies; copy += 1) {
      if (this.#held) this.#held.push(delivery);
      else this.#send(delivery);
    }
  }

  /** One webhook's calls follow each other, so that their order is a test's to choose. */
  #send(delivery: MutableDelivery): void {
    const earlier = this.#queues.get(delivery.webhookId) ?? Promise.resolve();
    const queue = earlier
      .then(() => this.#call(delivery))
      .finally(() => {
        if (this.#queues.get(delivery.webhookId) === queue) this.#queues.delete(delivery.webhookId);
      });
    this.#queues.set(delivery.webhookId, queue);
  }

  async #call(delivery: MutableDelivery): Promise<void> {
    const webhook = this.#subscriptions.get(delivery.webhookId);
    if (webhook?.status !== 'ACTIVE' || this.#stopping.signal.aborted) {
      delivery.outcome = 'refused-here';
      return;
    }
    delivery.attempts += 1;
    const { fetch: send, timeoutMs } = this.#options;
    delivery.status = await postWebhook(webhook, delivery.body, {
      key: this.hmacKey,
      timeoutMs,
      fetch: send,
      signal: this.#stopping.signal,
    });
    const isDelivered = delivery.status !== undefined && delivery.status >= 200 && delivery.status < 300;
    delivery.outcome = isDelivered ? 'delivered' : 'failed';
    if (isDelivered) return;
    webhook.failures += 1;
    if (webhook.failures > this.#options.failureLimit) webhook.status = 'DISABLED_BY_ERROR';
  }
}
