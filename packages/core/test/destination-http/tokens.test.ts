import { describe, expect, it } from 'vitest';
import { requestAccessToken } from '../../src/destination/http/request-access-token.ts';
import { createTokenSource } from '../../src/destination/http/token-source.ts';
import { archiveErrorOf } from './failure.ts';
import { type Exchange, startLoopback } from './loopback-server.ts';
import { createManualClock } from './manual-clock.ts';
import { testRequest, testRequester } from './test-requester.ts';

function acceptOnly(token: () => string): (exchange: Exchange) => void {
  return ({ request, answer }) => answer(request.headers.authorization === `Bearer ${token()}` ? 200 : 401);
}

describe('a rejected token', () => {
  it('is refreshed once for ten callers, and each request is repeated once', async () => {
    const server = await startLoopback(acceptOnly(() => 'second'));
    let fetched = 0;
    const auth = async () => ['first', 'second', 'third'][fetched++] ?? 'more';
    const tokenSource = createTokenSource({ provider: 'teststore', auth });
    const requester = testRequester({ tokenSource, credentialHosts: [server.host] });
    const request = testRequest(server.url, { auth: true, repeat: 'never', method: 'POST' });
    const answers = await Promise.all(Array.from({ length: 10 }, () => requester.request(request)));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect(fetched).toBe(2);
    expect(server.requests).toHaveLength(20);
  });

  it('ends in destination.unauthorized when the fresh one is rejected too', async () => {
    const server = await startLoopback(({ answer }) => answer(401));
    let fetched = 0;
    const tokenSource = createTokenSource({ provider: 'teststore', auth: async () => `token-${fetched++}` });
    const requester = testRequester({ tokenSource, credentialHosts: [server.host] });
    const error = await archiveErrorOf(requester.request(testRequest(server.url, { auth: true })));
    expect(error).toMatchObject({ code: 'destination.unauthorized', recovery: 'operator' });
    expect(server.requests).toHaveLength(2);
  });

  it('ends at once when there is no other token', async () => {
    const server = await startLoopback(({ answer }) => answer(401));
    const tokenSource = createTokenSource({ provider: 'teststore', auth: 'only', hint: 'Link the app again.' });
    const requester = testRequester({ tokenSource, credentialHosts: [server.host] });
    const error = await archiveErrorOf(requester.request(testRequest(server.url, { auth: true })));
    expect(error).toMatchObject({ code: 'destination.unauthorized', hint: 'Link the app again.' });
    expect(server.requests).toHaveLength(1);
  });
});

describe('a token that cannot be got now', () => {
  it('is tried again within the budget, as nothing was sent', async () => {
    const server = await startLoopback(acceptOnly(() => 'good'));
    let fetched = 0;
    const auth = async () => {
      fetched += 1;
      if (fetched === 1) throw new Error('vault is sealed');
      return 'good';
    };
    const tokenSource = createTokenSource({ provider: 'teststore', auth });
    const requester = testRequester({ tokenSource, credentialHosts: [server.host] });
    const answer = await requester.request(testRequest(server.url, { auth: true, repeat: 'after-refusal' }));
    expect(answer.status).toBe(200);
  });
});

describe('requestAccessToken', () => {
  const form = { grant_type: 'refresh_token', refresh_token: 'r-secret', client_id: 'app', client_secret: 'c-secret' };

  it('sends every credential in the body and none in the address', async () => {
    const server = await startLoopback(({ answer }) => answer(200, { access_token: 'a-1', expires_in: 3600, refresh_token: 'r-2' }));
    const clock = createManualClock();
    const grant = await requestAccessToken({ provider: 'teststore', url: `${server.url}/token`, form, clock });
    expect(grant.token).toMatchObject({ token: 'a-1', expiresAt: new Date(clock.now() + 3_600_000) });
    expect(grant.refreshToken?.reveal()).toBe('r-2');
    expect(server.requests[0]).toMatchObject({
      path: '/token',
      text: 'grant_type=refresh_token&refresh_token=r-secret&client_id=app&client_secret=c-secret',
    });
  });

  it.each([
    [400, 'invalid_grant'],
    [401, 'invalid_client'],
    [403, 'access_denied'],
  ])('turns %i %s into destination.unauthorized with the hint for it', async (status, error) => {
    const server = await startLoopback(({ answer }) =>
      answer(status, { error, error_description: 'for kim@example.com', error_codes: [7000222] }),
    );
    const failure = await archiveErrorOf(
      requestAccessToken({ provider: 'teststore', url: server.url, form, hints: { [error]: 'Link it again.' } }),
    );
    expect(failure).toMatchObject({ code: 'destination.unauthorized', recovery: 'operator', hint: 'Link it again.' });
    expect(failure.details).toMatchObject({ reason: error, errorCodes: ['7000222'] });
    expect(JSON.stringify(failure.details) + failure.message).not.toContain('kim');
  });

  it.each([
    [500, {}, 'destination.unavailable'],
    [400, { error: 'temporarily_unavailable' }, 'destination.unavailable'],
    [429, {}, 'destination.rate_limited'],
  ])('leaves %i %j to be retried, and asks once', async (status, body, code) => {
    const server = await startLoopback(({ answer }) => answer(status, body));
    const failure = await archiveErrorOf(requestAccessToken({ provider: 'teststore', url: server.url, form }));
    expect(failure).toMatchObject({ code, recovery: 'retry' });
    expect(server.requests).toHaveLength(1);
  });

  it('serves as the function behind a token source', async () => {
    const tokens = await startLoopback(({ answer }) => answer(200, { access_token: 'a-1', expires_in: '3600' }));
    const store = await startLoopback(acceptOnly(() => 'a-1'));
    const auth = async () => (await requestAccessToken({ provider: 'teststore', url: tokens.url, form })).token;
    const requester = testRequester({ tokenSource: createTokenSource({ provider: 'teststore', auth }), credentialHosts: [store.host] });
    await requester.request(testRequest(store.url, { auth: true }));
    await requester.request(testRequest(store.url, { auth: true }));
    expect(tokens.requests).toHaveLength(1);
  });
});
