import { createHash, createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { WebhookError } from '../errors/webhook-error.ts';
import { signWebhook } from './sign-webhook.ts';
import type { WebhookSignature } from './signature-header.ts';
import { verifyWebhook } from './verify-webhook.ts';
import type { WebhookBody } from './webhook-body.ts';

const key = 'zJDCvFUXhByUkPcQIzf+dt2W7bqm6x6Fb2o/gLhfUgXyPqvPcrZ6P9yYtoUrI4dErHzq2t+4gjZ4zH2btdpoSA==';
const otherKey = Buffer.alloc(64, 7).toString('base64');
const body = '{"contract_id":19589,"activity":"CONTRACT_EXECUTED"}';
const signature =
  'c169ee44fbcb0f3dd5c364825364740bc0f21f5bd40d2e55ca5be1ee2c70229343137885d10891b98c2c4d5d5937ee0d0b7b961057960838577a25f720345b6c';

function refusal(run: () => unknown): WebhookError {
  try {
    run();
  } catch (error) {
    return error as WebhookError;
  }
  throw new Error('It was accepted.');
}

describe('verifyWebhook', () => {
  it('agrees with the known test vector', () => {
    expect(signWebhook(body, key)).toBe(signature);
    expect(verifyWebhook(body, { signature, keys: [key] })).toMatchObject({ activity: 'CONTRACT_EXECUTED', contractNumber: 19589 });
  });

  it('identifies the delivery by the SHA-256 of its raw body', () => {
    const event = verifyWebhook(body, { signature, keys: [key] });
    expect(event.deliveryId).toBe(createHash('sha256').update(body).digest('hex'));
  });

  const bytes = Buffer.from(body);
  const padded = Buffer.concat([Buffer.from('xx'), bytes, Buffer.from('yy')]);
  const arrayBuffer = new Uint8Array(bytes).buffer;
  it.each<[string, WebhookBody]>([
    ['a string', body],
    ['a Buffer', bytes],
    ['a Uint8Array that is a part of a larger buffer', new Uint8Array(padded.buffer, padded.byteOffset + 2, bytes.length)],
    ['an ArrayBuffer', arrayBuffer],
    ['a DataView', new DataView(arrayBuffer)],
    ['a Lambda event with text', { body, isBase64Encoded: false }],
    ['a Lambda event in base64', { body: bytes.toString('base64'), isBase64Encoded: true }],
  ])('takes the body as %s', (_form, rawBody) => {
    expect(verifyWebhook(rawBody, { signature, keys: [key] }).contractNumber).toBe(19589);
  });

  it.each<[string, WebhookSignature]>([
    ['Headers', new Headers({ 'X-SD-WEBHOOK-CONTENT-HASH': signature })],
    ["Node's headers", { host: 'example.com', 'x-sd-webhook-content-hash': signature }],
    ["Lambda's headers", { 'X-SD-Webhook-Content-Hash': signature }],
    ['headers with lists of values', { 'x-sd-webhook-content-hash': [signature] }],
    ['a list of one value', [signature]],
    ['a value between spaces', ` ${signature} `],
  ])('takes the signature from %s', (_form, given) => {
    expect(verifyWebhook(body, { signature: given, keys: [key] }).contractNumber).toBe(19589);
  });

  it('accepts a signature by any of several keys, and no other', () => {
    expect(verifyWebhook(body, { signature, keys: [otherKey, key] }).contractNumber).toBe(19589);
    expect(refusal(() => verifyWebhook(body, { signature, keys: [otherKey] })).code).toBe('webhook.signature_mismatch');
  });

  it('accepts a single key with the line break of the file it came from', () => {
    expect(verifyWebhook(body, { signature, keys: `${key}\n` }).contractNumber).toBe(19589);
  });

  it('accepts the older scheme only when it is asked for', () => {
    const secret = 'callback secret';
    const legacySignature = createHmac('sha512', secret).update(body).digest('hex');
    const headers = { 'x-sd-content-hash': legacySignature };
    expect(signWebhook(body, secret, { scheme: 'legacy' })).toBe(legacySignature);
    expect(verifyWebhook(body, { signature: headers, keys: [secret], scheme: 'legacy' }).contractNumber).toBe(19589);
    const error = refusal(() => verifyWebhook(body, { signature: headers, keys: [key] }));
    expect(error.code).toBe('webhook.signature_missing');
    expect(error.hint).toContain("scheme: 'legacy'");
  });

  it.each<[string, WebhookSignature]>([
    ['undefined', undefined],
    ['null', null],
    ['an empty text', ''],
    ['an empty list', []],
    ['Headers without it', new Headers()],
    ['a record without it', {}],
  ])('says that the header is missing when it gets %s', (_form, given) => {
    const error = refusal(() => verifyWebhook(body, { signature: given, keys: [key] }));
    expect(error.code).toBe('webhook.signature_missing');
    expect(error.message).toContain('x-sd-webhook-content-hash');
  });

  it.each<[string, WebhookSignature, string]>([
    ['upper-case digits', signature.toUpperCase(), 'upper-case'],
    ['the name of an algorithm', `sha512=${signature}`, 'name of an algorithm'],
    ['a digit too few', signature.slice(1), '127 characters'],
    ['something that is not hex', `${signature.slice(1)}g`, '128 characters'],
    ['base64', Buffer.from(signature, 'hex').toString('base64'), '88 characters'],
    ['two values', [signature, signature], '2 times'],
    ['characters outside of ASCII', 'é'.repeat(128), '128 characters'],
  ])('refuses a malformed header: %s', (_form, given, problem) => {
    const error = refusal(() => verifyWebhook(body, { signature: given, keys: [key] }));
    expect(error.code).toBe('webhook.signature_malformed');
    expect(error.message).toContain(problem);
  });

  it.each<[string, readonly string[], string]>([
    ['not base64', ['not base64!'], 'is not base64'],
    ['base64url', [key.replaceAll('+', '-').replaceAll('/', '_')], 'is not base64'],
    ['quoted', [`"${key}"`], 'is not base64'],
    ['without padding', [key.replaceAll('=', '')], 'is not base64'],
    ['too short', ['c2VjcmV0'], 'too short: 6 bytes'],
    ['empty', [''], 'missing or empty'],
    ['the second of two', [key, 'oops'], 'Webhook key 2'],
    ['no key at all', [], 'no webhook key'],
  ])('says what is wrong with a key: %s', (_form, keys, problem) => {
    const error = refusal(() => verifyWebhook(body, { signature, keys }));
    expect(error.code).toBe('webhook.key_invalid');
    expect(error.message).toContain(problem);
  });

  it('refuses a signed body that is not JSON or no event, without quoting it', () => {
    for (const text of ['Acme secret', '[]', 'null', '"text"', '{}', '{"activity":7}', '{"activity":"CONTRACT_EXECUTED"}']) {
      const error = refusal(() => verifyWebhook(text, { signature: signWebhook(text, key), keys: [key] }));
      expect(error.code).toBe('webhook.body_invalid');
      expect(JSON.stringify([error.message, error.hint, error.details, error.cause])).not.toContain('Acme');
    }
  });
});

describe('the likely mistake', () => {
  const explain = (received: WebhookBody, sent: string | Buffer = body, keys: readonly string[] = [key]): WebhookError =>
    refusal(() => verifyWebhook(received, { signature: signWebhook(sent, key), keys }));

  it.each<[string, unknown]>([
    ['a parsed object', JSON.parse(body)],
    ['undefined', undefined],
    ['null', null],
    ['a number', 5],
    ['a list', [1, 2]],
    ['a Buffer that went through JSON', JSON.parse(JSON.stringify(Buffer.from(body)))],
    ['an object that became text', '[object Object]'],
  ])('is a body that was parsed already: %s', (_form, received) => {
    expect(explain(received as WebhookBody).code).toBe('webhook.body_already_parsed');
  });

  const title = 'Café "Ü" 😀, {a: 1},\u2028\n';
  const value = { contract_id: 1, activity: 'CONTRACT_EXECUTED', contract_title: title, counterparties: [], entity: {}, list: [1, [2.5]] };
  const pythonJson = String.raw`{"contract_id": 1, "activity": "CONTRACT_EXECUTED", "contract_title": "Caf\u00e9 \"\u00dc\" \ud83d\ude00, {a: 1},\u2028\n", "counterparties": [], "entity": {}, "list": [1, [2.5]]}`;
  it.each<[string, string]>([
    ['compact', JSON.stringify(value)],
    ['indented by two', JSON.stringify(value, null, 2)],
    ['indented by four', JSON.stringify(value, null, 4)],
    ["Python's", pythonJson],
    ["Python's without escapes", JSON.stringify(value, null, 1).replaceAll(/,\n */g, ', ').replaceAll(/\n */g, '')],
  ])('is JSON that was parsed and written anew: what was sent is %s', (_form, sent) => {
    const received = sent === JSON.stringify(value) ? JSON.stringify(value, null, 3) : JSON.stringify(value);
    const error = explain(received, sent);
    expect(error.code).toBe('webhook.body_already_parsed');
    expect(error.message).toContain('written anew');
  });

  const accented = '{"contract_id":1,"activity":"CONTRACT_EXECUTED","contract_title":"Café"}';
  it.each<[string, WebhookBody, string | Buffer, string]>([
    ['a line break was added', `${body}\n`, body, 'was added at the start or the end'],
    ['a line break was cut off', body, `${body}\n`, 'was cut off'],
    ['LF became CRLF', '{\r\n"a":1}', '{\n"a":1}', 'LF and CRLF'],
    ['CRLF became LF', '{\n"a":1}', '{\r\n"a":1}', 'LF and CRLF'],
    ['a byte order mark was added', `\uFEFF${body}`, body, 'byte order mark was added'],
    ['the byte order mark was cut off', body, `\uFEFF${body}`, 'byte order mark of the body was cut off'],
    ['the body was decoded as Latin-1', Buffer.from(accented).toString('latin1'), accented, 'Latin-1'],
    ['base64 was not decoded', Buffer.from(body).toString('base64'), body, 'isBase64Encoded'],
    ['the body was decoded piece by piece', accented.replace('é', '\uFFFD\uFFFD'), accented, 'replacement characters'],
    ['the body is empty', '', body, 'empty'],
  ])('is a body that changed: %s', (_change, received, sent, hint) => {
    const error = explain(received, sent);
    expect(error.code).toBe('webhook.signature_mismatch');
    expect(error.hint).toContain(hint);
  });

  it('is a signature that was made with the key as text', () => {
    const wrong = createHmac('sha512', key).update(body).digest('hex');
    expect(refusal(() => verifyWebhook(body, { signature: wrong, keys: [key] })).hint).toContain('key as text');
  });

  it('is the older scheme where the current one is used', () => {
    expect(
      refusal(() => verifyWebhook(body, { signature: { 'x-sd-content-hash': signature }, keys: [key], scheme: 'legacy' })).hint,
    ).toContain("Leave scheme: 'legacy' out");
  });

  it('is the key of another region or workspace when nothing else is found', () => {
    expect(explain(body, body, [otherKey]).hint).toContain('another region or workspace');
  });

  it('is not searched for in large or deeply nested bodies, where the search would cost too much', () => {
    const large = JSON.stringify({ activity: 'X', text: 'x'.repeat(70_000) });
    expect(explain(`${large}\n`, large).hint).toContain('another region');
    const nested = '['.repeat(30_000);
    expect(explain(`${nested}${']'.repeat(30_000)}`, nested).code).toBe('webhook.signature_mismatch');
  });

  it('is told without key, body or signature', () => {
    const sent = '{"activity":"CONTRACT_EXECUTED","contract_id":1,"contract_title":"Acme"}';
    const error = explain(`${sent} `, sent);
    const told = JSON.stringify([error.message, error.hint, error.details, error.stack, String(error.cause)]);
    for (const secret of ['Acme', key, signWebhook(sent, key)]) expect(told).not.toContain(secret);
  });
});
