import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ByteStream } from './body-streams.ts';

/** Serves web-standard requests over real HTTP on the loopback interface. */
export interface LoopbackServer {
  /** Such as `http://127.0.0.1:41234`. */
  readonly url: string;
  /** Destroys every connection and gives the port back. */
  stop(): Promise<void>;
}

export interface LoopbackServerOptions {
  /** @default a free port */
  readonly port?: number | undefined;
  /** A rejection destroys the connection, as does a body that breaks off. */
  readonly handle: (request: Request) => Promise<Response>;
}

/** Starts a server that streams bodies both ways and holds back a sender that is faster than its reader. */
export async function startLoopbackServer({ port = 0, handle }: LoopbackServerOptions): Promise<LoopbackServer> {
  const server = createServer((incoming, outgoing) => {
    void answer(incoming, outgoing, { url, handle }).catch(() => incoming.socket.destroy());
  });
  // By itself Node ends every request after five minutes, also one whose body is still coming.
  server.requestTimeout = 0;
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    async stop() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

interface AnswerOptions {
  readonly url: string;
  readonly handle: (request: Request) => Promise<Response>;
}

async function answer(incoming: IncomingMessage, outgoing: ServerResponse, { url, handle }: AnswerOptions): Promise<void> {
  const leaving = new AbortController();
  outgoing.once('close', () => {
    if (!outgoing.writableFinished) leaving.abort(new TypeError('The connection was closed.'));
  });
  const response = await handle(toRequest(incoming, url, leaving.signal));
  outgoing.writeHead(response.status, response.statusText || undefined, [...response.headers].flat());
  // The answer's first line goes out before its body, so that a body that breaks off at once is seen as such.
  outgoing.flushHeaders();
  if (response.body !== null) await writeBody(response.body, outgoing);
  outgoing.end();
}

function toRequest(incoming: IncomingMessage, url: string, signal: AbortSignal): Request {
  const headers = new Headers();
  for (let index = 0; index < incoming.rawHeaders.length; index += 2) {
    headers.append(incoming.rawHeaders[index] ?? '', incoming.rawHeaders[index + 1] ?? '');
  }
  const method = incoming.method ?? 'GET';
  const hasBody = method !== 'GET' && method !== 'HEAD' && (headers.has('content-length') || headers.has('transfer-encoding'));
  const body = hasBody ? toStream(incoming) : null;
  return new Request(new URL(incoming.url ?? '/', url), { method, headers, body, duplex: 'half', signal });
}

function toStream(incoming: IncomingMessage): ByteStream {
  const chunks = incoming[Symbol.asyncIterator]() as AsyncIterator<Buffer<ArrayBuffer>>;
  return new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await chunks.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
    },
    { highWaterMark: 0 },
  );
}

async function writeBody(body: ByteStream, outgoing: ServerResponse): Promise<void> {
  const reader = body.getReader();
  outgoing.once('close', () => void reader.cancel().catch(() => undefined));
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    // Waiting for each chunk holds back a fast source, and makes sure that all of it is out when the next one breaks off.
    await new Promise<void>((resolve, reject) => {
      outgoing.write(value, (error) => (error ? reject(error) : resolve()));
    });
  }
}
