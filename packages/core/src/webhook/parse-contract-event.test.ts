import { describe, expect, expectTypeOf, it } from 'vitest';
import type { ContractEvent } from './contract-event.ts';
import { parseContractEvent } from './parse-contract-event.ts';
import { webhookActivities } from './webhook-activities.ts';

const complete = {
  contract_id: 42,
  contract_kind: 'THIRD_PARTY_CONTRACT',
  contract_title: 'Mutual NDA',
  contract_type: 'nda',
  contract_type_name: 'Non-Disclosure Agreement',
  contract_type_id: 135,
  contract_template_id: 9,
  contract_status: 'EXECUTED',
  contract_reference_id: 'SD-42',
  created_at: '2025-02-03T04:05:06.123456Z',
  business_user: { name: 'Olga Owner', email: 'olga@example.com' },
  legal_user: { name: 'Lee Legal', email: 'lee@example.com' },
  counterparties: [
    { type: 'Organization', organization_name: 'Acme', poc_name: 'Pat', poc_email: 'pat@example.com', counterparty_id: 5 },
    { type: 'Individual' },
  ],
  entity: { reference_id: 'E-1', name: 'Our Ltd', jurisdiction: 'India', type: 'Company' },
  external_metadata: { id: 'crm-1' },
  activity: 'CONTRACT_EXECUTED',
  activity_data: { performed_by: { name: 'SYSTEM' }, timestamp: '2025-02-03T05:00:00Z' },
};

describe('parseContractEvent', () => {
  it('reads everything a webhook can tell and keeps what was received', () => {
    expect(parseContractEvent(complete)).toEqual({
      kind: 'contract',
      activity: 'CONTRACT_EXECUTED',
      contractNumber: 42,
      title: 'Mutual NDA',
      status: 'EXECUTED',
      contractType: 'Non-Disclosure Agreement',
      contractTypeId: 135,
      contractKind: 'THIRD_PARTY_CONTRACT',
      templateId: 9,
      referenceId: 'SD-42',
      createdAt: new Date('2025-02-03T04:05:06.123Z'),
      occurredAt: new Date('2025-02-03T05:00:00Z'),
      performedBy: { name: 'SYSTEM' },
      businessUser: { name: 'Olga Owner', email: 'olga@example.com' },
      legalUser: { name: 'Lee Legal', email: 'lee@example.com' },
      counterparties: [
        { type: 'Organization', name: 'Acme', contact: { name: 'Pat', email: 'pat@example.com' }, counterpartyId: 5 },
        { type: 'Individual' },
      ],
      entity: { referenceId: 'E-1', name: 'Our Ltd', jurisdiction: 'India', type: 'Company' },
      externalMetadata: { id: 'crm-1' },
      raw: complete,
    });
  });

  it('takes ids that are written as text', () => {
    expect(parseContractEvent({ ...complete, contract_id: '42', contract_type_id: '135' })).toMatchObject({
      contractNumber: 42,
      contractTypeId: 135,
    });
  });

  it('treats a field of an unexpected type as absent', () => {
    const strange = Object.fromEntries(Object.keys(complete).map((field) => [field, null]));
    const event = parseContractEvent({
      ...strange,
      activity: 'CONTRACT_SIGNED',
      contract_id: 7,
      created_at: 'soon',
      counterparties: [null, 3, {}],
    });
    expect(event).toMatchObject({
      activity: 'CONTRACT_SIGNED',
      contractNumber: 7,
      title: undefined,
      createdAt: undefined,
      occurredAt: undefined,
    });
    expect(event.counterparties).toEqual([{}]);
  });

  it('reads a time without a zone as UTC', () => {
    const event = parseContractEvent({
      ...complete,
      created_at: '2025-02-03T04:05:06',
      activity_data: { timestamp: '2025-02-03T04:05:06+05:30' },
    });
    expect(event.createdAt?.toISOString()).toBe('2025-02-03T04:05:06.000Z');
    expect(event.occurredAt?.toISOString()).toBe('2025-02-02T22:35:06.000Z');
  });

  it('reads to whom a contract was sent', () => {
    const data = { counterparty_email_recipients: { to_recipients: ['a@example.com'], cc_recipients: ['b@example.com'] } };
    expect(parseContractEvent({ ...complete, activity: 'CONTRACT_SENT_TO_COUNTERPARTY', activity_data: data })).toMatchObject({
      recipients: { to: ['a@example.com'], cc: ['b@example.com'] },
    });
    expect(parseContractEvent({ ...complete, activity: 'CONTRACT_SENT_TO_COUNTERPARTY' })).toMatchObject({
      recipients: { to: [], cc: [] },
    });
  });

  it('reads which signatory was notified', () => {
    const activity = 'CONTRACT_SIGNATURE_REQUESTED_NOTIFICATION_SENT';
    expect(parseContractEvent({ ...complete, activity, activity_data: { signatory: { name: 'Sam' } } })).toMatchObject({
      signatory: { name: 'Sam' },
    });
  });

  it('reads what happened to an e-mail', () => {
    const data = { email_event_data: { recipient_email: 'a@example.com', email_mode: 'cc', occured_at: '2025-02-03T04:05:06Z' } };
    expect(parseContractEvent({ ...complete, activity: 'SIGNING_EMAIL_OPENED', activity_data: data })).toMatchObject({
      email: { recipient: 'a@example.com', mode: 'cc', occurredAt: new Date('2025-02-03T04:05:06Z') },
    });
  });

  it.each(['COUNTER_PARTY_CREATED', 'POSTMARK_EMAIL_EVENT', 'CONTRACT_TELEPORTED', 'constructor', '__proto__'])(
    'accepts %s without a contract',
    (activity) => {
      const event = parseContractEvent({ activity, anything: [1] });
      expect(event.contractNumber).toBeUndefined();
      expect(event.raw).toEqual({ activity, anything: [1] });
    },
  );

  it('keeps an activity that it does not know, with its name', () => {
    expect(parseContractEvent({ ...complete, activity: 'CONTRACT_TELEPORTED' })).toMatchObject({
      kind: 'unknown',
      activity: 'unknown',
      activityName: 'CONTRACT_TELEPORTED',
      contractNumber: 42,
    });
  });

  it.each(webhookActivities)('knows %s', (activity) => {
    const event = parseContractEvent({ ...complete, activity });
    expect(event.activity).toBe(activity);
    expect(event.kind).not.toBe('unknown');
  });

  it.each([
    undefined,
    null,
    'text',
    7,
    [],
    {},
    { activity: '' },
    { activity: 'CONTRACT_EXECUTED' },
    { activity: 'CONTRACT_SIGNED', contract_id: -1 },
  ])('refuses what is no event: %j', (json) => {
    expect(() => parseContractEvent(json)).toThrow(expect.objectContaining({ code: 'webhook.body_invalid' }));
  });

  it('gives a union that a switch narrows down', () => {
    expect(describeEvent(parseContractEvent(complete))).toBe('executed 42');
    expect(describeEvent(parseContractEvent({ activity: 'NEW' }))).toBe('NEW');
  });
});

// That this compiles is a part of the test above.
function describeEvent(event: ContractEvent): string {
  switch (event.activity) {
    case 'CONTRACT_EXECUTED':
      expectTypeOf(event.contractNumber).toEqualTypeOf<number>();
      return `executed ${event.contractNumber}`;
    case 'SIGNING_EMAIL_OPENED':
      return `opened by ${event.email.recipient}`;
    case 'COUNTER_PARTY_CREATED':
      expectTypeOf(event.contractNumber).toEqualTypeOf<number | undefined>();
      return 'counterparty';
    case 'unknown':
      return event.activityName;
    default:
      return event.kind;
  }
}
