import { expect, it } from 'vitest';
import { SpotDraftError } from '../../src/index.ts';
import { failureOf, testClient } from './test-client.ts';

const redirect = (location: string): Response => new Response(null, { status: 302, headers: { location } });

it('does not follow a redirect, and says which path wants a slash', async () => {
  const { client, sent } = testClient([redirect('/api/v2.1/public/contracts/T-7/status/')]);
  const error = await failureOf(client.contracts.status('T-7'));
  expect(error).toBeInstanceOf(SpotDraftError);
  expect(error).toMatchObject({
    code: 'spotdraft.wrong_url',
    recovery: 'operator',
    status: 302,
    method: 'GET',
    path: '/api/v2.1/public/contracts/T-7/status',
    message: expect.stringContaining('/api/v2.1/public/contracts/T-7/status'),
    hint: expect.stringMatching(/with a slash at its end/),
  });
  expect(sent).toHaveLength(1);
  expect(sent[0]?.redirect).toBe('manual');
});

it('says when the path wants no slash', async () => {
  const { client } = testClient([redirect('/api/v2.1/public/contracts')]);
  expect(await failureOf(client.contracts.find('T-7'))).toMatchObject({ hint: expect.stringMatching(/without a slash/) });
});

it('says when the address should be https', async () => {
  const { client } = testClient([redirect('https://localhost/api/v2.1/public/contracts/T-7/status')], { baseUrl: 'http://localhost' });
  expect(await failureOf(client.contracts.status('T-7'))).toMatchObject({ hint: expect.stringContaining('https://') });
});

it('does not turn a POST into a GET, nor carry credentials to another host', async () => {
  const { client, sent } = testClient([redirect('https://elsewhere.example/')]);
  expect(await failureOf(client.contracts.downloadLink('T-7'))).toMatchObject({ code: 'spotdraft.wrong_url' });
  expect(sent.map(({ url, method }) => [url.host, method])).toEqual([['api.eu.spotdraft.com', 'POST']]);
});

it('refuses an answer that was redirected by a fetch that follows all the same', async () => {
  const followed = () => Object.defineProperty(Response.json({ contract_status: 'EXECUTED' }), 'redirected', { value: true });
  const { client } = testClient([followed]);
  expect(await failureOf(client.contracts.status('T-7'))).toMatchObject({ code: 'spotdraft.wrong_url' });
});

it('refuses a redirect that a browser-like fetch hides', async () => {
  const hidden = () =>
    Object.defineProperties(Response.json({}), { type: { value: 'opaqueredirect' }, ok: { value: false }, status: { value: 0 } });
  const { client } = testClient([hidden]);
  expect(await failureOf(client.contracts.status('T-7'))).toMatchObject({ code: 'spotdraft.wrong_url' });
});
