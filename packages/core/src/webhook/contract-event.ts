import type { Person } from '../contract/contract-facts.ts';
import type { ContractChangeActivity, ContractEmailActivity, CounterpartyActivity } from './webhook-activities.ts';

/** Another side of the contract, as a webhook describes it. */
export interface EventCounterparty {
  /** `Organization` or `Individual`. */
  readonly type?: string | undefined;
  readonly name?: string | undefined;
  /** Point of contact. */
  readonly contact?: Person | undefined;
  readonly counterpartyId?: number | undefined;
}

/** Our own legal entity, as a webhook describes it. */
export interface EventEntity {
  readonly referenceId?: string | undefined;
  readonly name?: string | undefined;
  readonly jurisdiction?: string | undefined;
  readonly type?: string | undefined;
}

/** What every event has, whatever it is about. */
export interface EventFacts {
  /** When it happened, by SpotDraft's clock. */
  readonly occurredAt?: Date | undefined;
  /** Who did it; the name is `SYSTEM` when nobody did. */
  readonly performedBy?: Person | undefined;
  /**
   * SHA-256 of the raw body in lower-case hex: the same for a delivery that is repeated byte for byte. SpotDraft sends no id of its own.
   * Absent when the event was parsed from JSON and the raw body is not known.
   */
  readonly deliveryId?: string | undefined;
  /** Everything that was received, unchanged. */
  readonly raw: Readonly<Record<string, unknown>>;
}

/** The contract as it was when the webhook was sent. A hint: ask SpotDraft for the present state before deciding anything. */
export interface EventContract {
  /**
   * The integer of the contract's id, without the prefix. `T-7` and `H-7` are different contracts and a webhook does not say which one
   * it means, so this is not yet a contract id.
   */
  readonly contractNumber?: number | undefined;
  readonly title?: string | undefined;
  /** SpotDraft's word, such as `EXECUTED`. */
  readonly status?: string | undefined;
  readonly contractType?: string | undefined;
  readonly contractTypeId?: number | undefined;
  /** How the contract came to be, such as `TEMPLATE_CONTRACT`. */
  readonly contractKind?: string | undefined;
  readonly templateId?: number | undefined;
  /** The reference people use, such as `SD-1234`. */
  readonly referenceId?: string | undefined;
  readonly createdAt?: Date | undefined;
  readonly businessUser?: Person | undefined;
  readonly legalUser?: Person | undefined;
  /** Empty when none is set. */
  readonly counterparties: readonly EventCounterparty[];
  readonly entity?: EventEntity | undefined;
  /** The record of another system, mostly a CRM, as SpotDraft sent it. */
  readonly externalMetadata?: Readonly<Record<string, unknown>> | undefined;
}

/** What every event of a contract has. */
interface ContractEventBase extends EventFacts, EventContract {
  readonly kind: 'contract';
  readonly contractNumber: number;
}

/** Something happened to a contract. */
export interface ContractChangeEvent extends ContractEventBase {
  readonly activity: ContractChangeActivity;
}

/** A contract was sent to the other side by e-mail. */
export interface ContractSentEvent extends ContractEventBase {
  readonly activity: 'CONTRACT_SENT_TO_COUNTERPARTY';
  /** E-mail addresses. */
  readonly recipients: { readonly to: readonly string[]; readonly cc: readonly string[] };
}

/** A signatory was told that a signature is wanted. */
export interface SignatureNotificationEvent extends ContractEventBase {
  readonly activity: 'CONTRACT_SIGNATURE_REQUESTED_NOTIFICATION_SENT';
  readonly signatory?: Person | undefined;
}

/** An e-mail about a contract was delivered, opened or not delivered, or a link in it was followed. */
export interface ContractEmailEvent extends ContractEventBase {
  readonly activity: ContractEmailActivity;
  readonly email: {
    readonly recipient?: string | undefined;
    /** `to` or `cc`. */
    readonly mode?: string | undefined;
    readonly occurredAt?: Date | undefined;
  };
}

/** A counterparty, one of its contacts or addresses was created or changed. What it carries is undocumented: see `raw`. */
export interface CounterpartyEvent extends EventFacts, EventContract {
  readonly kind: 'counterparty';
  readonly activity: CounterpartyActivity;
}

/** A notice of SpotDraft's e-mail provider. What it carries is undocumented: see `raw`. */
export interface EmailProviderEvent extends EventFacts, EventContract {
  readonly kind: 'email-provider';
  readonly activity: 'POSTMARK_EMAIL_EVENT';
}

/** An activity that this version does not know. */
export interface UnknownEvent extends EventFacts, EventContract {
  readonly kind: 'unknown';
  // Not SpotDraft's name: a plain string here would keep this event in every `case` of a switch over `activity`.
  readonly activity: 'unknown';
  /** The activity as SpotDraft names it. */
  readonly activityName: string;
}

/**
 * What SpotDraft tells about a contract. Switch over `activity`, or over `kind` to tell events of contracts from others.
 *
 * @example
 * switch (event.activity) {
 *   case 'CONTRACT_EXECUTED':
 *     return enqueue(event.contractNumber);
 * }
 */
export type ContractEvent =
  | ContractChangeEvent
  | ContractSentEvent
  | SignatureNotificationEvent
  | ContractEmailEvent
  | CounterpartyEvent
  | EmailProviderEvent
  | UnknownEvent;

/** A `ContractEvent` whose signature was right, with the id of its delivery. */
export type VerifiedContractEvent = ContractEvent & { readonly deliveryId: string };
