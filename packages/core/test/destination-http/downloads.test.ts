import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { bytesBody } from '../../src/destination/http/request-body.ts';
import { createTokenSource } from '../../src/destination/http/token-source.ts';
import { countListeners } from './count-listeners.ts';
import { archiveErrorOf, failureOf } from './failure.ts';
import { startLoopback } from './loopback-server.ts';
import { testRequest, testRequester } from './test-requester.ts';

const tokenSource = createTokenSource({ provider: 'teststore', auth: 'secret-token' });

describe('a download', () => {
  it('follows a redirect to another host without the token and with the range', async () => {
    const content = await startLoopback(({ answer }) => answer(206, 'bytes'));
    const store = await startLoopback(({ answer }) => answer(302, undefined, { location: `${content.url}/signed?s=1` }));
    const requester = testRequester({ tokenSource, credentialHosts: [store.host] });
    const answer = await requester.download({
      operation: 'open the copy',
      url: store.url,
      headers: { range: 'bytes=5-', 'x-account': 'kim' },
      expect: [206],
    });
    expect(await text(answer.body)).toBe('bytes');
    expect(store.requests[0]?.headers.authorization).toBe('Bearer secret-token');
    expect(content.requests[0]?.headers).toMatchObject({ range: 'bytes=5-', 'accept-encoding': 'identity' });
    expect(content.requests[0]?.headers).not.toHaveProperty('authorization');
    expect(content.requests[0]?.headers).not.toHaveProperty('x-account');
  });

  it('does not follow a redirect to plain http elsewhere', async () => {
    const store = await startLoopback(({ answer }) => answer(302, undefined, { location: 'http://example.com/file' }));
    const error = await archiveErrorOf(
      testRequester().download({ operation: 'open the copy', url: store.url, expect: [200], auth: false }),
    );
    expect(error.code).toBe('destination.unexpected_answer');
  });

  it('gives the table its say when the store refuses', async () => {
    const store = await startLoopback(({ answer }) => answer(404));
    const error = await archiveErrorOf(
      testRequester().download({ operation: 'open the copy', url: store.url, expect: [200], auth: false }),
    );
    expect(error).toMatchObject({ code: 'destination.not_found', details: { status: 404 } });
  });

  it('fails with destination.unavailable when the bytes break off or stall', async () => {
    const store = await startLoopback(({ response, request, cut }) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('half');
      if (request.path === '/cut') setTimeout(cut, 5);
    });
    const requester = testRequester({ timeoutMs: 40 });
    for (const path of ['/cut', '/stall']) {
      const { body } = await requester.download({ operation: 'open the copy', url: store.url + path, expect: [200], auth: false });
      expect(await archiveErrorOf(text(body))).toMatchObject({ code: 'destination.unavailable', recovery: 'retry' });
    }
  });

  it('may be read slower than the deadline', async () => {
    const store = await startLoopback(({ answer }) => answer(200, 'x'.repeat(100)));
    const { body } = await testRequester({ timeoutMs: 20 }).download({ operation: 'open', url: store.url, expect: [200], auth: false });
    await new Promise((resolve) => {
      setTimeout(resolve, 40);
    });
    expect(await text(body)).toHaveLength(100);
  });

  it('ends with the reason of an abort, and leaves no listener when read, cancelled or aborted', async () => {
    const store = await startLoopback(({ response, request }) => {
      response.writeHead(200);
      response.write('half');
      if (request.path === '/whole') response.end();
    });
    const controller = new AbortController();
    const listeners = countListeners(controller.signal);
    const download = (path: string) =>
      testRequester().download({ operation: 'open', url: store.url + path, expect: [200], auth: false, signal: controller.signal });
    await text((await download('/whole')).body);
    await (await download('/endless')).body.cancel();
    const reading = text((await download('/endless')).body);
    controller.abort(new Error('stop'));
    expect(await failureOf(reading)).toBe(controller.signal.reason);
    expect(listeners()).toBe(0);
  });
});

describe('any other request', () => {
  it('follows no redirect', async () => {
    const elsewhere = await startLoopback(({ answer }) => answer(200));
    const store = await startLoopback(({ answer }) => answer(307, undefined, { location: elsewhere.url }));
    const requester = testRequester({ tokenSource, credentialHosts: [store.host] });
    const error = await archiveErrorOf(requester.request(testRequest(store.url, { auth: true })));
    expect(error.code).toBe('destination.unexpected_answer');
    expect(elsewhere.requests).toHaveLength(0);
  });

  it('follows no redirect with a document in its body either', async () => {
    const store = await startLoopback(({ answer }) => answer(307, undefined, { location: 'https://example.com' }));
    const body = bytesBody(new Uint8Array(100_000));
    const error = await archiveErrorOf(testRequester().request(testRequest(store.url, { method: 'PUT', body })));
    expect(error).toMatchObject({ code: 'destination.unexpected_answer', recovery: 'operator' });
    expect(store.requests).toHaveLength(1);
  });

  it('can expect a redirect status as an answer', async () => {
    const store = await startLoopback(({ answer }) => answer(308, undefined, { range: 'bytes=0-9' }));
    const answer = await testRequester().request(
      testRequest(store.url, { expect: [308], method: 'PUT', body: bytesBody(new Uint8Array(100_000)) }),
    );
    expect(answer.headers.get('range')).toBe('bytes=0-9');
  });

  it('does not send the token to a host that is not the adapter own', async () => {
    const elsewhere = await startLoopback(({ answer }) => answer(200));
    const requester = testRequester({ tokenSource, credentialHosts: ['api.example.com', '*.example.com'] });
    const error = await archiveErrorOf(requester.request(testRequest(elsewhere.url, { auth: true })));
    expect(error.code).toBe('destination.unexpected_answer');
    expect(elsewhere.requests).toHaveLength(0);
  });

  it('sends no token where none is wanted', async () => {
    const session = await startLoopback(({ answer }) => answer(200));
    await testRequester({ tokenSource }).request(testRequest(session.url));
    expect(session.requests[0]?.headers).not.toHaveProperty('authorization');
  });

  it.each(['http://example.com/a', 'ftp://127.0.0.1/a', 'https://kim:secret@example.com/', 'nonsense'])(
    'is not sent to %s, which the error does not quote',
    async (url) => {
      const error = await archiveErrorOf(testRequester().request(testRequest(url)));
      expect(error.code).toBe('destination.unexpected_answer');
      expect(error.message).not.toContain(url);
    },
  );
});
