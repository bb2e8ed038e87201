import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { archiveErrorOf, failureOf } from '../../../test/destination-http/failure.ts';
import { createManualClock } from '../../../test/destination-http/manual-clock.ts';
import { accessToken } from './access-token.ts';
import { createTokenSource } from './token-source.ts';

/** Gives `token-1`, `token-2`, ... and counts. */
function issuer({ lifetimeMs, clock }: { readonly lifetimeMs?: number; readonly clock: { now(): number } }) {
  const issued = { count: 0, auth: async () => ({ token: '' }) };
  issued.auth = async () => {
    issued.count += 1;
    return accessToken(`token-${issued.count}`, lifetimeMs === undefined ? {} : { expiresAt: new Date(clock.now() + lifetimeMs) });
  };
  return issued;
}

describe('a token source', () => {
  it('keeps a token until shortly before it ends', async () => {
    const clock = createManualClock();
    const issued = issuer({ lifetimeMs: 3_600_000, clock });
    const source = createTokenSource({ provider: 'teststore', auth: issued.auth, clock });
    await source.get();
    clock.advance(3_479_000);
    expect((await source.get()).token).toBe('token-1');
    clock.advance(2000);
    expect((await source.get()).token).toBe('token-2');
  });

  it('keeps a short-lived token for half its life', async () => {
    const clock = createManualClock();
    const issued = issuer({ lifetimeMs: 60_000, clock });
    const source = createTokenSource({ provider: 'teststore', auth: issued.auth, clock });
    await source.get();
    clock.advance(29_000);
    await source.get();
    expect(issued.count).toBe(1);
    clock.advance(2000);
    await source.get();
    expect(issued.count).toBe(2);
  });

  it('asks for a token without an end again after five minutes', async () => {
    const clock = createManualClock();
    const issued = issuer({ clock });
    const source = createTokenSource({ provider: 'teststore', auth: issued.auth, clock });
    await source.get();
    clock.advance(301_000);
    expect((await source.get()).token).toBe('token-2');
  });

  it('goes on with the old token when an early refresh fails, until it ends', async () => {
    const clock = createManualClock();
    let isBroken = false;
    const expiresAt = new Date(clock.now() + 3_600_000);
    const auth = async () => {
      if (isBroken) throw new Error('no network');
      return accessToken('first', { expiresAt });
    };
    const source = createTokenSource({ provider: 'teststore', auth, clock });
    await source.get();
    isBroken = true;
    clock.advance(3_550_000);
    expect((await source.get()).token).toBe('first');
    clock.advance(60_000);
    expect(await archiveErrorOf(source.get())).toMatchObject({ code: 'destination.unavailable', recovery: 'retry' });
  });

  it('lets one caller go without failing the others or stopping the refresh', async () => {
    const controller = new AbortController();
    let give!: (token: string) => void;
    const auth = () =>
      new Promise<string>((resolve) => {
        give = resolve;
      });
    const source = createTokenSource({ provider: 'teststore', auth });
    const leaving = failureOf(source.get({ signal: controller.signal }));
    const staying = source.get();
    controller.abort(new Error('stop'));
    expect(await leaving).toBe(controller.signal.reason);
    give('fresh');
    expect((await staying).token).toBe('fresh');
  });

  it('tells the function which token was refused', async () => {
    const seen: (string | undefined)[] = [];
    const source = createTokenSource({
      provider: 'teststore',
      auth: async ({ rejected }) => {
        seen.push(rejected?.token);
        return `token-${seen.length}`;
      },
    });
    const first = await source.get();
    await source.refreshAfter(first);
    expect(seen).toEqual([undefined, 'token-1']);
  });

  it('does not refresh again for a caller whose token was replaced meanwhile', async () => {
    const issued = issuer({ clock: createManualClock() });
    const source = createTokenSource({ provider: 'teststore', auth: issued.auth });
    const first = await source.get();
    await source.refreshAfter(first);
    expect((await source.refreshAfter(first)).token).toBe('token-2');
    expect(issued.count).toBe(2);
  });

  it('gives up on a function that does not answer', async () => {
    const source = createTokenSource({ provider: 'teststore', auth: () => new Promise(() => undefined), timeoutMs: 10 });
    expect(await archiveErrorOf(source.get())).toMatchObject({ code: 'destination.unavailable', details: { errorName: 'TimeoutError' } });
  });

  it.each(['two words', 'line\nbreak', 'schlüssel'])('refuses %j as a token without quoting it', async (token) => {
    const error = await archiveErrorOf(createTokenSource({ provider: 'teststore', auth: token }).get());
    expect(error.code).toBe('destination.unauthorized');
    expect(inspect(error)).not.toContain(token);
  });

  it('refuses an empty token', async () => {
    expect((await archiveErrorOf(createTokenSource({ provider: 'teststore', auth: '' }).get())).code).toBe('destination.unauthorized');
  });

  it.each([
    ['gaxios', Object.assign(new Error('invalid_grant for kim@example.com'), { status: 400 })],
    ['azure', Object.assign(new Error('AADSTS7000222'), { statusCode: 401 })],
    ['box', Object.assign(new Error('400 body'), { responseInfo: { statusCode: 400 } })],
    ['msal', Object.assign(new Error('bad secret'), { errorCode: 'invalid_client' })],
  ])('takes a refusal of the %s library as destination.unauthorized, without its text', async (_library, thrown) => {
    const source = createTokenSource({ provider: 'teststore', auth: () => Promise.reject(thrown), hint: 'Link it again.' });
    const error = await archiveErrorOf(source.get());
    expect(error).toMatchObject({ code: 'destination.unauthorized', recovery: 'operator', hint: 'Link it again.' });
    expect(inspect(error)).not.toContain(thrown.message);
  });

  it('shows no token when printed', async () => {
    const source = createTokenSource({ provider: 'teststore', auth: 's3cr3t' });
    const token = await source.get();
    expect([inspect({ source, token }, { showHidden: true, depth: 9 }), JSON.stringify({ token })].join()).not.toContain('s3cr3t');
  });
});
