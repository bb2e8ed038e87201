import { WebhookError } from '../errors/webhook-error.ts';
import type { ContractEvent, EventContract, EventCounterparty, EventFacts } from './contract-event.ts';
import { shapeOfActivity, type WebhookActivity, type WebhookShape } from './webhook-activities.ts';
import { type WireEvent, wireEvent } from './wire-event.ts';

/**
 * Reads the JSON of a webhook whose signature was checked before, for example one that was kept in a queue.
 *
 * Lenient: activities that this version does not know become `kind: 'unknown'`, and fields that are missing or of an unexpected type are
 * absent. Throws `WebhookError` (`webhook.body_invalid`) only when there is no activity, or no contract id in an event of a contract.
 */
export function parseContractEvent(json: unknown): ContractEvent {
  const parsed = wireEvent.safeParse(json);
  if (!parsed.success) throw bodyInvalid('The webhook is not a JSON object with an "activity".');
  const wire = parsed.data;
  const facts: EventFacts & EventContract = { ...readFacts(wire), ...readContract(wire), raw: json as Readonly<Record<string, unknown>> };
  const shape = shapeOfActivity(wire.activity);
  if (shape === undefined) return { ...facts, kind: 'unknown', activity: 'unknown', activityName: wire.activity };
  return knownEvent(wire, { shape, facts });
}

function knownEvent(wire: WireEvent, { shape, facts }: { shape: WebhookShape; facts: EventFacts & EventContract }): ContractEvent {
  // The record of activities ties each one to its shape; the compiler cannot follow that.
  const activity = wire.activity as WebhookActivity;
  if (shape === 'counterparty') return { ...facts, kind: 'counterparty', activity } as ContractEvent;
  if (shape === 'email-provider') return { ...facts, kind: 'email-provider', activity } as ContractEvent;
  if (facts.contractNumber === undefined) throw bodyInvalid(`The webhook ${activity} has no contract id.`);
  return { ...facts, kind: 'contract', activity, ...readExtras(wire, shape) } as ContractEvent;
}

function readExtras({ activity_data: data }: WireEvent, shape: WebhookShape): object {
  if (shape === 'sent') {
    const recipients = data?.counterparty_email_recipients;
    return { recipients: { to: recipients?.to_recipients ?? [], cc: recipients?.cc_recipients ?? [] } };
  }
  if (shape === 'signatory') return { signatory: data?.signatory };
  if (shape === 'email') {
    const email = data?.email_event_data;
    // SpotDraft spells it "occured_at".
    return { email: { recipient: email?.recipient_email, mode: email?.email_mode, occurredAt: email?.occured_at ?? email?.occurred_at } };
  }
  return {};
}

function readFacts({ activity_data: data }: WireEvent): Omit<EventFacts, 'raw'> {
  return { occurredAt: data?.timestamp, performedBy: data?.performed_by };
}

function readContract(wire: WireEvent): EventContract {
  return {
    contractNumber: wire.contract_id,
    title: wire.contract_title,
    status: wire.contract_status,
    contractType: wire.contract_type_name ?? wire.contract_type,
    contractTypeId: wire.contract_type_id,
    contractKind: wire.contract_kind,
    templateId: wire.contract_template_id,
    referenceId: wire.contract_reference_id,
    createdAt: wire.created_at,
    businessUser: wire.business_user,
    legalUser: wire.legal_user,
    counterparties: wire.counterparties.flatMap((party) => (party === undefined ? [] : [readCounterparty(party)])),
    entity: wire.entity && {
      referenceId: wire.entity.reference_id,
      name: wire.entity.name,
      jurisdiction: wire.entity.jurisdiction,
      type: wire.entity.type,
    },
    externalMetadata: wire.external_metadata,
  };
}

function readCounterparty(party: NonNullable<WireEvent['counterparties'][number]>): EventCounterparty {
  const hasContact = party.poc_name !== undefined || party.poc_email !== undefined;
  return {
    type: party.type,
    name: party.organization_name,
    contact: hasContact ? { name: party.poc_name, email: party.poc_email } : undefined,
    counterpartyId: party.counterparty_id,
  };
}

function bodyInvalid(message: string): WebhookError {
  return new WebhookError(message, {
    code: 'webhook.body_invalid',
    recovery: 'never',
    hint: "Compare the body with SpotDraft's documentation of webhooks.",
  });
}
