import {
  array,
  assert,
  asyncProperty,
  boolean,
  constantFrom,
  jsonValue,
  nat,
  oneof,
  property,
  string,
  tuple,
  uint8Array,
} from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createWebhookHandler, signWebhook, verifyWebhook, WebhookError, webhookSignatureHeader } from '../src/index.ts';

const key = Buffer.alloc(64, 3).toString('base64');
const keys = [key];
const event = Buffer.from(JSON.stringify({ contract_id: 1, activity: 'CONTRACT_EXECUTED', contract_title: 'Café\n' }));
const signature = signWebhook(event, key);

function flipBit(bytes: Buffer, bit: number): Buffer {
  const flipped = Buffer.from(bytes);
  flipped.writeUInt8(flipped.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
  return flipped;
}

/** Runs and gives the error's code; anything but a `WebhookError` is a crash. */
function codeOf(run: () => unknown): string {
  try {
    run();
    return 'accepted';
  } catch (error) {
    if (error instanceof WebhookError) return error.code;
    throw error;
  }
}

describe('a webhook', () => {
  it('is refused with any one bit of the body flipped', () => {
    for (let bit = 0; bit < event.length * 8; bit += 1) {
      expect(codeOf(() => verifyWebhook(flipBit(event, bit), { signature, keys }))).toMatch(
        /^webhook\.(signature_mismatch|body_already_parsed)$/,
      );
    }
  });

  it('is refused with any one bit of the signature flipped', () => {
    for (let bit = 0; bit < signature.length * 8; bit += 1) {
      const flipped = flipBit(Buffer.from(signature), bit).toString('latin1');
      expect(codeOf(() => verifyWebhook(event, { signature: flipped, keys }))).toMatch(/^webhook\.signature_(mismatch|malformed)$/);
    }
  });

  it('is refused with any one bit of the key flipped', () => {
    assert(
      property(nat(64 * 8 - 1), (bit) => {
        const otherKey = flipBit(Buffer.from(key, 'base64'), bit).toString('base64');
        expect(codeOf(() => verifyWebhook(event, { signature, keys: [otherKey] }))).toBe('webhook.signature_mismatch');
      }),
    );
  });

  it('never crashes on arbitrary bytes and headers', () => {
    assert(
      property(uint8Array({ maxLength: 200 }), string({ unit: 'binary' }), (bytes, header) => {
        expect(codeOf(() => verifyWebhook(bytes, { signature: header, keys }))).not.toBe('accepted');
        expect(codeOf(() => verifyWebhook(bytes, { signature, keys }))).not.toBe('accepted');
        expect(codeOf(() => verifyWebhook(bytes, { signature: signWebhook(bytes, key), keys }))).toBe('webhook.body_invalid');
      }),
    );
  });

  it('never crashes on arbitrary signed JSON', () => {
    const activity = oneof(constantFrom('CONTRACT_EXECUTED', 'SIGNING_EMAIL_OPENED', 'COUNTER_PARTY_CREATED'), string());
    const fields = [
      'contract_id',
      'activity_data',
      'counterparties',
      'created_at',
      'entity',
      'external_metadata',
      'business_user',
      '__proto__',
    ];
    const payload = tuple(activity, array(tuple(constantFrom(...fields), jsonValue()))).map(
      ([name, entries]) =>
        `{"activity":${JSON.stringify(name)}${entries.map(([field, value]) => `,"${field}":${JSON.stringify(value)}`).join('')}}`,
    );
    assert(
      property(payload, (text) => {
        expect(codeOf(() => verifyWebhook(text, { signature: signWebhook(text, key), keys }))).toMatch(
          /^(accepted|webhook\.body_invalid)$/,
        );
      }),
    );
  });

  it('is answered, never thrown at the host, whatever it is', async () => {
    const handler = createWebhookHandler({ keys, onEvent: () => undefined });
    await assert(
      asyncProperty(uint8Array({ maxLength: 200 }), boolean(), async (bytes, isSigned) => {
        const headers = { [webhookSignatureHeader]: isSigned ? signWebhook(bytes, key) : signature };
        const { status } = await handler(new Request('http://localhost/', { method: 'POST', body: Buffer.from(bytes), headers }));
        expect([400, 401, 500]).toContain(status);
      }),
    );
  });
});
