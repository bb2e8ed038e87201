import { inspect } from 'node:util';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { createDestinationRequester } from '../../src/destination/http/create-destination-requester.ts';
import { bytesBody } from '../../src/destination/http/request-body.ts';
import type { DestinationRequest, RequestEvent } from '../../src/destination/http/requester-types.ts';
import { secret } from '../../src/destination/http/secret.ts';
import { createTokenSource } from '../../src/destination/http/token-source.ts';
import { failureOf } from './failure.ts';
import { type Exchange, startLoopback } from './loopback-server.ts';
import { createManualClock } from './manual-clock.ts';
import { errorTable } from './test-requester.ts';

const secrets = ['s3cr3t-token', 's3cr3t-session', 's3cr3t-query', 'Acme Corp', 'body-bytes'];

const everyWayToFail: [string, (exchange: Exchange) => void][] = [
  [
    'a refusal that quotes everything',
    ({ answer }) => answer(400, { reason: 'Acme Corp is not allowed', message: 'Acme Corp s3cr3t-token' }),
  ],
  ['an error page', ({ answer }) => answer(500, '<h1>Acme Corp</h1>')],
  ['a redirect', ({ answer }) => answer(307, undefined, { location: 'https://example.com/s3cr3t-session' })],
  ['a rejected token', ({ answer }) => answer(401, { reason: 'expired' })],
  ['a cut connection', ({ cut }) => cut()],
  ['an answer of another form', ({ answer }) => answer(200, { name: 'Acme Corp', token: 's3cr3t-token' })],
];

it.each(everyWayToFail)('no secret and no name shows in the error and the events after %s', async (_what, fail) => {
  const server = await startLoopback(fail);
  const events: RequestEvent[] = [];
  const requester = createDestinationRequester({
    provider: 'teststore',
    errorTable,
    tokenSource: createTokenSource({ provider: 'teststore', auth: 's3cr3t-token' }),
    credentialHosts: [server.host],
    retry: { maxTries: 2 },
    onEvent: (event) => events.push(event),
    clock: createManualClock(),
  });
  const request: DestinationRequest = {
    operation: 'upload the document',
    method: 'PUT',
    url: secret(`${server.url}/s3cr3t-session`),
    query: { name: 's3cr3t-query' },
    headers: { 'x-name': 'Acme Corp' },
    body: bytesBody(new TextEncoder().encode('body-bytes')),
    expect: [200],
    repeat: 'safe',
  };
  const ask = async () => (await requester.request(request)).json(z.object({ id: z.string() }));
  const error = await failureOf(ask());
  const printed = [
    inspect(error, { depth: 20 }),
    JSON.stringify(error),
    String(error),
    JSON.stringify(events),
    inspect(request),
    inspect(requester),
  ].join();
  // The request itself holds headers and query openly; it is the address that must not print.
  const expected = secrets.filter((text) => !inspect(request).includes(text) || text === 's3cr3t-session');
  for (const text of expected) expect(printed).not.toContain(text);
  for (const text of secrets) expect(inspect(error, { depth: 20 }) + JSON.stringify(events)).not.toContain(text);
});

it('a header that cannot be sent is named, not quoted', async () => {
  const requester = createDestinationRequester({ provider: 'teststore', errorTable });
  const error = await failureOf(
    requester.request({
      operation: 'upload the document',
      method: 'POST',
      url: 'https://example.com',
      headers: { 'x-arg': 'Acme Corp \u{1F600}' },
      expect: [200],
      auth: false,
      repeat: 'never',
    }),
  );
  expect(error).toBeInstanceOf(TypeError);
  expect(inspect(error)).toContain('x-arg');
  expect(inspect(error)).not.toContain('Acme');
});

it('a fetch of another maker whose error quotes the address is not kept as the cause', async () => {
  const requester = createDestinationRequester({
    provider: 'teststore',
    errorTable,
    retry: { maxTries: 1 },
    fetch: async (url) => {
      throw Object.assign(new Error(`request to ${(url as URL).href} failed`), { code: 'ECONNRESET' });
    },
  });
  const request = {
    operation: 'look',
    method: 'GET',
    url: secret('https://example.com/s3cr3t-session'),
    expect: [200],
    auth: false,
    repeat: 'safe',
  } as const;
  const error = await failureOf(requester.request(request));
  expect(error).toMatchObject({ details: { networkCode: 'ECONNRESET' } });
  expect(inspect(error)).not.toContain('s3cr3t');
});
