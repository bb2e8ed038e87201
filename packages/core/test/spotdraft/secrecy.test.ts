import { inspect } from 'node:util';
import { expect, it } from 'vitest';
import type { SpotDraftEvent } from '../../src/index.ts';
import { type Answer, networkFailure, neverAnswers } from './scripted-fetch.ts';
import { clientId, clientSecret, executed, failureOf, testClient } from './test-client.ts';

const signature = 'X-Goog-Signature=abc123def456';
const link = `https://storage.example/bucket/object-99?${signature}`;

function everythingOf(value: unknown): string {
  const stack = value instanceof Error ? value.stack : '';
  return [inspect(value, { depth: 20 }), JSON.stringify(value), String(value), stack].join('\n');
}

/** A failure that quotes the whole request, as some implementations of `fetch` do. */
const talkative = (request: Request): never => {
  const headers = JSON.stringify([...request.headers]);
  throw Object.assign(new Error(`cannot reach ${request.url} with ${headers}`), { request, headers });
};

const failures: [string, Answer][] = [
  ['401', Response.json({ detail: `client-secret ${clientSecret} is unknown` }, { status: 401 })],
  ['302', new Response(null, { status: 302, headers: { location: `https://elsewhere.example/?secret=${clientSecret}` } })],
  ['500', new Response(`<html>${clientSecret} ${link}</html>`, { status: 500 })],
  ['a network failure', networkFailure('ECONNRESET')],
  ['a talkative network failure', talkative],
  ['a deadline', neverAnswers],
  ['no JSON', new Response(`hello ${clientSecret}`)],
  ['another form', Response.json({ secret: clientSecret })],
];

it.each(failures)('never shows a credential after %s', async (_name, answer) => {
  const events: SpotDraftEvent[] = [];
  const { client } = testClient([answer], { timeoutMs: 10, retry: { attempts: 2 }, onEvent: (event) => events.push(event) });
  const error = await failureOf(client.contracts.status('T-7'));
  for (const text of [everythingOf(error), JSON.stringify(events)]) {
    expect(text).not.toContain(clientSecret);
    expect(text).not.toContain(clientId);
  }
});

const linkFailures: [string, Answer][] = [
  ['an expired link', new Response(`<Error><Resource>${link}</Resource></Error>`, { status: 403 })],
  ['a storage that is down', new Response(link, { status: 503 })],
  ['a redirect to nowhere', new Response(null, { status: 302, headers: { location: `http://storage.example/x?${signature}` } })],
  ['a redirect in a circle', new Response(null, { status: 302, headers: { location: link } })],
  ['an odd status', new Response(null, { status: 418 })],
  ['a talkative network failure', talkative],
  ['a deadline', neverAnswers],
];

it.each(linkFailures)('never shows a link after %s', async (_name, answer) => {
  const events: SpotDraftEvent[] = [];
  const { client } = testClient([answer], { timeoutMs: 10, retry: { attempts: 2 }, onEvent: (event) => events.push(event) });
  const error = await failureOf(client.contracts.openLink({ url: link }));
  expect(error).toHaveProperty('name', 'SpotDraftError');
  for (const text of [everythingOf(error), JSON.stringify(events)]) {
    expect(text).not.toContain('abc123def456');
    expect(text).not.toContain('object-99');
  }
});

it('never shows a link that is none', async () => {
  const { client } = testClient([executed()]);
  for (const url of ['abc123def456', 'http://storage.example/abc123def456', 'https://user:abc123def456@storage.example/']) {
    expect(everythingOf(await failureOf(client.contracts.openLink({ url })))).not.toContain('abc123def456');
  }
});

it('keeps a link out of everything that prints or copies it', async () => {
  const { client } = testClient([Response.json({ url: link, file_name: 'NDA.pdf', current_version_id: 12, shiny: 'new' })]);
  const answer = await client.contracts.downloadLink('T-7');
  expect(answer.url).toBe(link);
  expect(answer).toMatchObject({ fileName: 'NDA.pdf', versionId: '12' });
  expect(answer.raw).toMatchObject({ shiny: 'new', current_version_id: '12' });
  for (const text of [
    everythingOf(answer),
    everythingOf({ ...answer }),
    JSON.stringify(answer.raw),
    inspect(answer, { showHidden: false }),
  ]) {
    expect(text).not.toContain('abc123def456');
  }
});

it('sends credentials to the host of the API alone', async () => {
  const { client, sent } = testClient([Response.json({ url: link, file_name: 'NDA.pdf' }), new Response('%PDF-')]);
  await client.contracts.openLink(await client.contracts.downloadLink('T-7'));
  const [api, storage] = sent;
  expect(api?.headers.get('client-id')).toBe(clientId);
  expect(api?.headers.get('client-secret')).toBe(clientSecret);
  expect([...(storage?.headers.keys() ?? [])].toSorted()).toEqual(['accept', 'accept-encoding']);
});

it('does not print its credentials', () => {
  const { client } = testClient([executed()]);
  expect(inspect(client, { depth: 20, showHidden: true })).not.toContain(clientSecret);
});
