/** One webhook call, and what became of it. */
export interface WebhookDelivery {
  /** Counts from 1. */
  readonly sequence: number;
  readonly webhookId: number;
  /** Composite id. */
  readonly contractId: string;
  readonly activity: string;
  /** The raw body. */
  readonly body: string;
  /** `failed`: no answer, or one that is not 2xx. `refused-here`: the webhook was disabled or deleted meanwhile. */
  readonly outcome: 'waiting' | 'held' | 'dropped' | 'delivered' | 'failed' | 'refused-here';
  /** Status of the last answer. */
  readonly status: number | undefined;
  /** How often it was sent. */
  readonly attempts: number;
}

export type MutableDelivery = { -readonly [Name in keyof WebhookDelivery]: WebhookDelivery[Name] };

/** Chooses deliveries that a test wants to disturb. */
export interface DeliveryRule {
  /** @default all */
  readonly where?: ((delivery: WebhookDelivery) => boolean) | undefined;
  /** How many. @default 1 */
  readonly times?: number | undefined;
}
