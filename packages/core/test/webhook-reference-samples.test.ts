import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parseContractEvent, signWebhook, verifyWebhook, webhookActivities } from '../src/index.ts';

interface OpenApi {
  readonly components: {
    readonly schemas: {
      readonly ActivityEnum: { readonly enum: readonly string[] };
      readonly ContractActivityDomainModel: { readonly examples: Readonly<Record<string, Record<string, unknown>>> };
      readonly WebhookSecretKeyResponse: { readonly examples: readonly { readonly hmac_key: string }[] };
    };
  };
}

// SpotDraft's own description of its interface. It is not part of the repository: put it beside it to run these.
const file = findBesideRepository('shared/reference/spotdraft-openapi.json');
const schemas = file === undefined ? undefined : (JSON.parse(readFileSync(file, 'utf8')) as OpenApi).components.schemas;

describe.skipIf(schemas === undefined)("SpotDraft's description (skipped without ../shared/reference/spotdraft-openapi.json)", () => {
  it('names the same activities as this package', () => {
    expect([...webhookActivities].toSorted()).toEqual([...(schemas?.ActivityEnum.enum ?? [])].toSorted());
  });

  it('has samples', () => {
    expect(Object.keys(schemas?.ContractActivityDomainModel.examples ?? {}).length).toBeGreaterThan(10);
  });

  it.each(Object.entries(schemas?.ContractActivityDomainModel.examples ?? {}))(
    'has a sample of %s that is read completely',
    (_name, sample) => {
      const event = parseContractEvent(sample);
      expect(event).toMatchObject({
        kind: 'contract',
        activity: sample['activity'],
        contractNumber: sample['contract_id'],
        title: sample['contract_title'],
        status: sample['contract_status'],
        contractType: sample['contract_type_name'],
        contractTypeId: sample['contract_type_id'],
        contractKind: sample['contract_kind'],
        businessUser: sample['business_user'],
        raw: sample,
      });
      expect([event.createdAt, event.occurredAt]).toEqual([expect.any(Date), expect.any(Date)]);
      expect(event.counterparties).toHaveLength((sample['counterparties'] as unknown[]).length);
    },
  );

  it('has samples whose further data is read', () => {
    const events = Object.values(schemas?.ContractActivityDomainModel.examples ?? {}).map(parseContractEvent);
    const emails = events.flatMap((event) => ('email' in event ? [event.email] : []));
    const signatories = events.flatMap((event) => ('signatory' in event ? [event.signatory] : []));
    const recipients = events.flatMap((event) => ('recipients' in event ? event.recipients.to : []));
    expect(emails.length).toBeGreaterThan(4);
    for (const email of emails)
      expect(email).toEqual({ recipient: expect.any(String), mode: expect.any(String), occurredAt: expect.any(Date) });
    expect(signatories).toEqual([{ name: expect.any(String), email: expect.any(String) }]);
    expect(recipients).toEqual([expect.any(String)]);
  });

  it('has a sample key that signs and verifies', () => {
    const key = schemas?.WebhookSecretKeyResponse.examples[0]?.hmac_key ?? '';
    const body = '{"activity":"CONTRACT_EXECUTED","contract_id":1}';
    expect(verifyWebhook(body, { signature: signWebhook(body, key), keys: [key] }).contractNumber).toBe(1);
  });
});

function findBesideRepository(path: string): string | undefined {
  for (let folder = new URL('./', import.meta.url); ; folder = new URL('../', folder)) {
    const candidate = fileURLToPath(new URL(path, folder));
    if (existsSync(candidate)) return candidate;
    if (folder.pathname === '/' || /^\/[A-Za-z]:\/$/.test(folder.pathname)) return undefined;
  }
}
