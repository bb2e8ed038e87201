import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../src/destination/http/clock.ts';
import { multipartForm, multipartRelated } from '../../src/destination/http/multipart-body.ts';
import { bytesBody, documentBody, type OpenableDocument } from '../../src/destination/http/request-body.ts';
import { countListeners } from './count-listeners.ts';
import { archiveErrorOf, failureOf } from './failure.ts';
import { type Exchange, startLoopback } from './loopback-server.ts';
import { testRequest, testRequester } from './test-requester.ts';

const chunkBytes = 65_536;

/** A document that gives `given` bytes, whatever its size says, and never ends when `given` is infinite. */
function documentOf({ size, given = size }: { readonly size: number; readonly given?: number }): OpenableDocument & { isClosed: boolean } {
  const document = {
    size,
    mediaType: 'application/pdf',
    isClosed: false,
    open() {
      let left = given;
      return new ReadableStream<Uint8Array>({
        pull(controller) {
          if (left <= 0) return controller.close();
          const length = Math.min(left, chunkBytes);
          left -= length;
          controller.enqueue(new Uint8Array(length));
        },
        cancel() {
          document.isClosed = true;
        },
      });
    },
  };
  return document;
}

function upload(url: string, document: OpenableDocument) {
  return testRequest(url, { method: 'PUT', body: documentBody(document) });
}

describe('an upload', () => {
  it('states its length, is not chunked, and arrives unchanged', async () => {
    const server = await startLoopback(({ answer }) => answer(200));
    const bytes = randomBytes(300_000);
    await testRequester().request(testRequest(server.url, { method: 'PUT', body: bytesBody(bytes, 'application/pdf') }));
    const [seen] = server.requests;
    expect(seen?.headers).toMatchObject({ 'content-length': '300000', 'content-type': 'application/pdf' });
    expect(seen?.headers['transfer-encoding']).toBeUndefined();
    expect(Buffer.from(seen?.text ?? '', 'latin1').equals(bytes)).toBe(true);
  });

  it.each([
    ['shorter', 199_999],
    ['longer', 200_001],
    ['much longer', 2_000_000],
  ])('fails when the source is %s than the document, and the store never gets a whole body', async (_what, given) => {
    const server = await startLoopback(({ answer }) => answer(200));
    const error = await archiveErrorOf(testRequester().request(upload(server.url, documentOf({ size: 200_000, given }))));
    expect(error.code).toBe('integrity.checksum_mismatch');
    expect(server.requests.every(({ isComplete }) => !isComplete)).toBe(true);
  });

  it('fails with the error of the source itself, is not sent again, and harms no later request', async () => {
    const server = await startLoopback(({ answer }) => answer(200));
    const reason = new Error('disk is gone');
    let opened = 0;
    const open = () => {
      opened += 1;
      return ReadableStream.from(brokenBytes(reason));
    };
    const broken = { size: 500_000, open };
    const requester = testRequester();
    expect(await failureOf(requester.request(upload(server.url, broken)))).toBe(reason);
    expect(opened).toBe(1);
    expect((await requester.request(testRequest(server.url))).status).toBe(200);
  });

  it('ends with the reason of an abort, closes the source, and leaves no listener', async () => {
    const controller = new AbortController();
    const listeners = countListeners(controller.signal);
    const reason = new Error('stop');
    // In the middle of the body, however long the machine takes to come there.
    const onHeaders = ({ incoming }: Exchange): boolean => {
      incoming.once('data', () => controller.abort(reason));
      return false;
    };
    const server = await startLoopback(({ answer }) => answer(200), { onHeaders, keepBodies: false });
    const document = documentOf({ size: 1e12, given: Number.POSITIVE_INFINITY });
    const sending = failureOf(testRequester().request({ ...upload(server.url, document), signal: controller.signal }));
    expect(await sending).toBe(reason);
    expect(document.isClosed).toBe(true);
    expect(listeners()).toBe(0);
  });

  it('is refused early without reading the rest of the source', async () => {
    const server = await startLoopback(() => undefined, { onHeaders: refuseAtOnce });
    const document = documentOf({ size: 1e12, given: Number.POSITIVE_INFINITY });
    const error = await archiveErrorOf(testRequester({ retry: { maxTries: 1 } }).request(upload(server.url, document)));
    expect(error.code).toBe('destination.too_large');
    expect(document.isClosed).toBe(true);
  });

  it('is given up when the store stops taking bytes', async () => {
    const server = await startLoopback(() => undefined, { onHeaders: () => true });
    const document = documentOf({ size: 1e12, given: Number.POSITIVE_INFINITY });
    const error = await archiveErrorOf(
      testRequester({ timeoutMs: 40, retry: { maxTries: 1 }, clock: systemClock }).request(upload(server.url, document)),
    );
    expect(error).toMatchObject({ code: 'destination.unavailable', message: 'teststore: could not look (no sign of life for 40 ms).' });
  });

  it('may take longer than the deadline as long as bytes go', async () => {
    const server = await startLoopback(({ answer }) => answer(200));
    const body = documentBody({ size: 100, open: () => ReadableStream.from(slowBytes()) });
    const answer = await testRequester({ timeoutMs: 60 }).request(testRequest(server.url, { method: 'PUT', body, repeat: 'never' }));
    expect(answer.status).toBe(200);
  });

  it('is given up when the answer starts and then stalls', async () => {
    const server = await startLoopback(({ response }) => {
      response.writeHead(200);
      response.write('{');
    });
    const error = await archiveErrorOf(testRequester({ timeoutMs: 40, retry: { maxTries: 1 } }).request(testRequest(server.url)));
    expect(error.code).toBe('destination.unavailable');
  });
});

function refuseAtOnce({ answer }: Exchange): boolean {
  answer(413);
  return true;
}

/** 100 bytes in 100 ms. */
async function* slowBytes(): AsyncGenerator<Uint8Array> {
  for (let sent = 0; sent < 10; sent += 1) {
    await systemClock.wait(10);
    yield new Uint8Array(10);
  }
}

async function* brokenBytes(reason: Error): AsyncGenerator<Uint8Array> {
  yield new Uint8Array(100_000);
  throw reason;
}

describe('multipart bodies', () => {
  const document = { size: 5, mediaType: 'application/pdf', open: () => ReadableStream.from([new TextEncoder().encode('%PDF-')]) };

  it('send JSON and document as related parts with a known length', async () => {
    const server = await startLoopback(({ answer }) => answer(200));
    const body = multipartRelated({ metadata: { name: 'Ä.pdf' }, document });
    await testRequester().request(testRequest(server.url, { method: 'POST', body }));
    const [seen] = server.requests;
    const boundary = /^multipart\/related; boundary=(\S+)$/.exec(seen?.headers['content-type'] ?? '')?.[1];
    expect(Buffer.from(seen?.text ?? '', 'latin1').toString('utf8')).toBe(
      `--${boundary}\r\nContent-Type: application/json; charset=UTF-8\r\n\r\n{"name":"Ä.pdf"}\r\n` +
        `--${boundary}\r\nContent-Type: application/pdf\r\n\r\n%PDF-\r\n--${boundary}--\r\n`,
    );
    expect(seen?.headers['content-length']).toBe(String(seen?.bytes));
  });

  it('send form fields before the file, as a form parser understands them', async () => {
    const server = await startLoopback(({ answer }) => answer(200));
    const body = multipartForm({
      fields: [{ name: 'attributes', value: '{"a":1}' }],
      file: { name: 'file', fileName: 'a"b\r\n.pdf', document },
    });
    await testRequester().request(testRequest(server.url, { method: 'POST', body }));
    const [seen] = server.requests;
    const headers = { 'content-type': seen?.headers['content-type'] ?? '' };
    const form = await new Response(Buffer.from(seen?.text ?? '', 'latin1'), { headers }).formData();
    expect([...form.keys()]).toEqual(['attributes', 'file']);
    expect(form.get('attributes')).toBe('{"a":1}');
    expect(await (form.get('file') as File).text()).toBe('%PDF-');
  });

  it('are never completed when the document is shorter than it says', async () => {
    const server = await startLoopback(({ answer }) => answer(200));
    const body = multipartRelated({ metadata: {}, document: { ...document, size: 6 } });
    const error = await archiveErrorOf(testRequester().request(testRequest(server.url, { method: 'POST', body })));
    expect(error).toMatchObject({ code: 'integrity.checksum_mismatch', details: { expectedBytes: 6, receivedBytes: 5 } });
  });
});

it('memory stays flat during an upload of 300 MB', async () => {
  const server = await startLoopback(({ answer }) => answer(200), { keepBodies: false });
  const size = 300_000_000;
  const before = process.memoryUsage().arrayBuffers;
  let peak = 0;
  const watch = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      peak = Math.max(peak, process.memoryUsage().arrayBuffers);
      controller.enqueue(chunk);
    },
  });
  const source = documentOf({ size });
  await testRequester().request(upload(server.url, { ...source, open: () => source.open().pipeThrough(watch) }));
  expect(server.requests[0]?.bytes).toBe(size);
  expect(peak - before).toBeLessThan(150_000_000);
});
