import { createServer, request as httpRequest, type IncomingMessage, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createWebhookHandler } from './create-webhook-handler.ts';
import { signWebhook } from './sign-webhook.ts';
import { webhookSignatureHeader } from './signature-header.ts';
import { toNodeHandler } from './to-node-handler.ts';
import type { WebhookHandlerOptions } from './webhook-handler-options.ts';

const key = Buffer.alloc(64, 1).toString('base64');
const body = '{"contract_id":19589,"activity":"CONTRACT_EXECUTED","contract_title":"Café"}';
const headers = { [webhookSignatureHeader]: signWebhook(body, key), 'content-type': 'application/json' };

let server: Server | undefined;
afterEach(() => server?.closeAllConnections());
afterEach(() => void server?.close());

/** Starts a server whose requests pass through `before` first, as a framework's middleware would. */
async function serve(
  before: (request: IncomingMessage) => Promise<object> = async () => ({}),
  handler?: (request: Request) => Promise<Response>,
) {
  const onEvent = vi.fn<WebhookHandlerOptions['onEvent']>();
  const onError = vi.fn<NonNullable<WebhookHandlerOptions['onError']>>();
  const nodeHandler = toNodeHandler(handler ?? createWebhookHandler({ keys: [key], onEvent, onError }));
  server = createServer((request, response) => {
    void before(request).then((added) => nodeHandler(Object.assign(request, added), response));
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, port, onEvent, onError };
}

async function echo(request: Request): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const headersOut: [string, string][] = [
    ['set-cookie', 'a=1'],
    ['set-cookie', 'b=2'],
  ];
  return Response.json([request.method, pathname + search, request.headers.get('x-two'), await request.text()], {
    status: 418,
    headers: headersOut,
  });
}

const statusOf = async (answer: Promise<Response>): Promise<number> => (await answer).status;

describe('toNodeHandler', () => {
  it('hands the stream of node:http to the handler', async () => {
    const { url, onEvent } = await serve();
    expect(await statusOf(fetch(url, { method: 'POST', body, headers }))).toBe(202);
    expect(onEvent).toHaveBeenCalledWith(expect.objectContaining({ contractNumber: 19589, title: 'Café' }));
  });

  it('passes method, path, query and headers on, and status, headers and body back', async () => {
    const { url } = await serve(undefined, echo);
    const answer = await fetch(`${url}/a%20b/?q=1`, { method: 'PUT', body: 'hello', headers: { 'x-two': 'x' } });
    expect([answer.status, answer.headers.getSetCookie(), await answer.json()]).toEqual([
      418,
      ['a=1', 'b=2'],
      ['PUT', '/a%20b/?q=1', 'x', 'hello'],
    ]);
  });

  it.each<[string, (bytes: Buffer) => object]>([
    ['rawBody in bytes beside a parsed body', (bytes) => ({ rawBody: bytes, body: JSON.parse(bytes.toString()) })],
    ['rawBody as text', (bytes) => ({ rawBody: bytes.toString() })],
    ['a body in bytes', (bytes) => ({ body: bytes })],
    ['a body as text', (bytes) => ({ body: bytes.toString() })],
  ])('uses what the framework kept after it read the stream: %s', async (_what, keep) => {
    const { url } = await serve(async (request) => keep(Buffer.from(await text(request))));
    expect(await statusOf(fetch(url, { method: 'POST', body, headers }))).toBe(202);
  });

  it('prefers the stream to an empty body that a parser left because it did not feel responsible', async () => {
    const { url } = await serve(async () => ({ body: {} }));
    expect(await statusOf(fetch(url, { method: 'POST', body, headers }))).toBe(202);
  });

  it('says so when only parsed JSON is left', async () => {
    const { url, onEvent, onError } = await serve(async (request) => ({ body: JSON.parse(await text(request)) }));
    const answer = await fetch(url, { method: 'POST', body, headers });
    expect([answer.status, await answer.text()]).toEqual([500, '{"error":"webhook.body_already_parsed"}']);
    expect(onEvent).not.toHaveBeenCalled();
    expect(onError.mock.lastCall?.[0]).toMatchObject({ code: 'webhook.body_already_parsed', hint: expect.stringContaining('body parser') });
  });

  it('says so when the stream was told to decode its bytes', async () => {
    const { url, onError } = await serve(async (request) => ({ setEncoding: request.setEncoding('latin1') }));
    expect(await statusOf(fetch(url, { method: 'POST', body, headers }))).toBe(500);
    expect(onError.mock.lastCall?.[0]).toMatchObject({ code: 'webhook.body_already_parsed' });
  });

  it('takes an empty body that somebody read for what it is', async () => {
    const { url, onError } = await serve(async (request) => ({ readBefore: await text(request) }));
    expect(await statusOf(fetch(url, { method: 'POST', headers }))).toBe(401);
    expect(onError.mock.lastCall?.[0]).toMatchObject({ code: 'webhook.signature_mismatch', hint: expect.stringContaining('empty') });
  });

  it.each([
    ['with its true length', { 'content-length': String(40_000_000) }],
    ['without a length', { 'transfer-encoding': 'chunked' }],
  ])('answers 413 while the sender is still sending: %s', async (_what, lengthHeader) => {
    const { port, onError } = await serve();
    const outgoing = httpRequest({ port, method: 'POST', headers: { ...headers, ...lengthHeader } });
    const status = new Promise((resolve, reject) => outgoing.on('response', ({ statusCode }) => resolve(statusCode)).on('error', reject));
    outgoing.write(Buffer.alloc(2_000_000, 'x'));
    expect(await status).toBe(413);
    expect(onError).toHaveBeenCalledTimes(1);
    outgoing.destroy();
  });

  it('lets a sender that goes on sending finish, and takes its next request on the same connection', async () => {
    const { port } = await serve();
    const socket = connect(port, '127.0.0.1');
    const megabyte = Buffer.concat([Buffer.from('100000\r\n'), Buffer.alloc(0x100000, 'x'), Buffer.from('\r\n')]);
    const head = `POST / HTTP/1.1\r\nhost: x\r\n${webhookSignatureHeader}: ${headers[webhookSignatureHeader]}\r\n`;
    // More than the buffers between the two ends can hold: the sender gets on only if somebody reads.
    await pipeline(
      [`${head}transfer-encoding: chunked\r\n\r\n`, ...Array.from({ length: 20 }, () => megabyte), '0\r\n\r\n'],
      async function* (parts) {
        yield* parts;
        yield `${head}connection: close\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
      },
      socket,
      { end: false },
    );
    expect((await text(socket)).match(/HTTP\/1.1 \d+/g)).toEqual(['HTTP/1.1 413', 'HTTP/1.1 202']);
  });

  it('notices a sender that hangs up in the middle', async () => {
    const { port, onEvent, onError } = await serve();
    const socket = connect(port, '127.0.0.1');
    socket.write(
      `POST / HTTP/1.1\r\nhost: x\r\n${webhookSignatureHeader}: ${headers[webhookSignatureHeader]}\r\ncontent-length: 500\r\n\r\n{"half":`,
    );
    socket.end();
    await vi.waitFor(() => expect(onError.mock.lastCall?.[0]).toMatchObject({ code: 'webhook.body_invalid' }), {
      interval: 5,
      timeout: 10_000,
    });
    expect(onEvent).not.toHaveBeenCalled();
  });

  it.each(['GET', 'HEAD', 'DELETE', 'TRACE', 'OPTIONS'])('answers 405 to %s', async (method) => {
    const { port } = await serve();
    const status = new Promise((resolve, reject) => {
      httpRequest({ port, method }, ({ statusCode }) => resolve(statusCode))
        .on('error', reject)
        .end();
    });
    expect(await status).toBe(405);
  });

  it.each(['/../..//\\@evil', '//', 'http://evil.test/x', '*'])('survives the strange path %s', async (path) => {
    const { port } = await serve();
    const status = new Promise((resolve, reject) => {
      httpRequest({ port, method: 'POST', path, headers }, ({ statusCode }) => resolve(statusCode))
        .on('error', reject)
        .end(body);
    });
    expect(await status).toBe(202);
  });

  it('answers 500 when a handler of somebody else throws', async () => {
    const { url } = await serve(undefined, () => Promise.reject(new Error('secret')));
    const answer = await fetch(url, { method: 'POST', body });
    expect([answer.status, await answer.text()]).toEqual([500, '{"error":"internal_error"}']);
  });

  it('leaves an answer alone that the framework gave in the meantime', async () => {
    const handler = toNodeHandler(async () => new Response('late'));
    server = createServer((request, response) => {
      response.writeHead(503).end('timeout');
      handler(request, response);
    });
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
    const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, { method: 'POST', body });
    expect([answer.status, await answer.text()]).toEqual([503, 'timeout']);
  });
});
