import { inspect } from 'node:util';
import { expect, it } from 'vitest';
import { ArchiveError, type SpotDraftError } from '../../src/index.ts';
import { failureOf, testClient } from './test-client.ts';

const path = '/api/v2.1/public/contracts/T-7/status';

it.each([
  ['a detail', { detail: 'Contract with Acme is gone.' }, undefined, [], 'Contract with Acme is gone.'],
  [
    'detail, message, code and status',
    { detail: 'Not allowed.', message: 'Not allowed.', code: 'SD_PUBLIC_00009', status_code: 400 },
    'SD_PUBLIC_00009',
    [],
    'Not allowed.',
  ],
  ['a message alone', { message: 'Not allowed.' }, undefined, [], 'Not allowed.'],
  ['a code alone', { code: 'SD_PUBLIC_00009' }, 'SD_PUBLIC_00009', [], undefined],
  ['an error', { error: 'Bad format.' }, undefined, [], 'Bad format.'],
  ['errors of fields', { limit: ['Too large.'], page: ['Too small.'] }, undefined, ['limit', 'page'], 'Too large. Too small.'],
  [
    'errors of nested fields',
    { key_pointers: [{}, { value: { type: ['Unknown unit.'] } }] },
    undefined,
    ['key_pointers.1.value.type'],
    'Unknown unit.',
  ],
  ['errors of no field', { non_field_errors: ['Together they are wrong.'] }, undefined, [], 'Together they are wrong.'],
  ['a list of texts', ['Wrong.'], undefined, [], 'Wrong.'],
])('reads %s', async (_name, body, providerCode, fields, words) => {
  const { client } = testClient([Response.json(body, { status: 400 })]);
  const error = await failureOf(client.contracts.status('T-7'));
  expect(error).toMatchObject({ code: 'spotdraft.invalid_request', recovery: 'never', status: 400, method: 'GET', path, providerCode });
  expect((error as SpotDraftError).providerMessage).toBe(words);
  expect((error as SpotDraftError).details['fields'] ?? []).toEqual(fields);
});

it.each([
  ['nothing', new Response(null, { status: 400 })],
  [
    'a page of a proxy',
    new Response('<html><body>Bad gateway of Acme</body></html>', { status: 400, headers: { 'content-type': 'text/html' } }),
  ],
  ['what is called JSON and is none', new Response('{"detail": ', { status: 400, headers: { 'content-type': 'application/json' } })],
  ['more than anybody wants to read', new Response('x'.repeat(1_000_000), { status: 400 })],
])('copes with %s', async (_name, answer) => {
  const { client } = testClient([answer]);
  const error = await failureOf(client.contracts.status('T-7'));
  expect(error).toMatchObject({ code: 'spotdraft.invalid_request', status: 400, path });
  expect(inspect(error)).not.toContain('Acme');
});

it('reads JSON that is not labelled as such', async () => {
  const { client } = testClient([new Response('{"detail":"No.","code":"SD_PUBLIC_00001"}', { status: 403 })]);
  expect(await failureOf(client.contracts.status('T-7'))).toMatchObject({ providerCode: 'SD_PUBLIC_00001', code: 'spotdraft.forbidden' });
});

it.each([
  [401, 'spotdraft.unauthorized', 'operator'],
  [402, 'spotdraft.business_rule', 'operator'],
  [403, 'spotdraft.forbidden', 'operator'],
  [404, 'spotdraft.not_found', 'never'],
  [409, 'spotdraft.conflict', 'retry'],
  [418, 'spotdraft.invalid_request', 'never'],
  [429, 'spotdraft.rate_limited', 'retry'],
  [500, 'spotdraft.unavailable', 'retry'],
])('calls %i %s', async (status, code, recovery) => {
  const { client } = testClient([new Response(null, { status })], { retry: { attempts: 1 } });
  const error = await failureOf(client.contracts.status('T-7'));
  expect(error).toMatchObject({ code, recovery, status });
  expect(ArchiveError.isInstance(error)).toBe(true);
  expect((error as SpotDraftError).hint).toBeTruthy();
});

it('keeps what SpotDraft says, which may name parties, out of the message, JSON and logs', async () => {
  const { client } = testClient([Response.json({ detail: 'Acme Rockets has to sign first.' }, { status: 402 })]);
  const error = await failureOf(client.contracts.downloadLink('T-7'));
  expect((error as SpotDraftError).providerMessage).toContain('Acme Rockets');
  for (const text of [inspect(error), JSON.stringify(error), String(error)]) expect(text).not.toContain('Acme Rockets');
});

it.each([
  ['another form', Response.json({ surprise: true }), 'operator'],
  ['no JSON', new Response('<html>maintenance</html>'), 'retry'],
  ['nothing', new Response(null), 'operator'],
])('says so when an answer is %s', async (_name, answer, recovery) => {
  const { client } = testClient([answer]);
  expect(await failureOf(client.contracts.status('T-7'))).toMatchObject({
    code: 'spotdraft.unexpected_answer',
    recovery,
    path,
    status: 200,
  });
});

it('names the field that is missing, and no value', async () => {
  const { client } = testClient([Response.json({ results: [{ id: 'nothing like an id', contract_name: 'Acme' }] })]);
  const error = await failureOf(client.contracts.find('T-7'));
  expect(error).toMatchObject({ code: 'spotdraft.unexpected_answer', details: { fields: ['id: custom'] } });
  expect(inspect(error)).not.toMatch(/Acme|nothing like/);
});

it('does not read an answer beyond its bound', async () => {
  const { client } = testClient([Response.json({ contract_status: 'x'.repeat(5000) })], { maxAnswerBytes: 1000 });
  expect(await failureOf(client.contracts.status('T-7'))).toMatchObject({
    code: 'spotdraft.unexpected_answer',
    hint: expect.stringContaining('maxAnswerBytes'),
  });
});
