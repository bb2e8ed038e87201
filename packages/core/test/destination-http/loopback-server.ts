import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  /** How much of the body arrived, in bytes. */
  bytes: number;
  /** The body; empty when the server does not keep bodies. */
  text: string;
  /** False when the connection was cut before the body's end. */
  isComplete: boolean;
}

export interface Exchange {
  readonly request: SeenRequest;
  readonly incoming: IncomingMessage;
  readonly answer: (status: number, body?: unknown, headers?: Record<string, string>) => void;
  readonly response: ServerResponse;
  /** Cuts the connection. */
  readonly cut: () => void;
}

export interface LoopbackServer {
  readonly url: string;
  readonly host: string;
  readonly requests: SeenRequest[];
}

export interface LoopbackOptions {
  /** Called when a request's headers are there. Return true to take over; its body is not read then. */
  readonly onHeaders?: (exchange: Exchange) => boolean;
  /** @default true */
  readonly keepBodies?: boolean;
}

/** A real HTTP server on this machine for one test. `onRequest` is called when a request was read to its end. */
export async function startLoopback(onRequest: (exchange: Exchange) => void, options: LoopbackOptions = {}): Promise<LoopbackServer> {
  const requests: SeenRequest[] = [];
  const server = createServer((incoming, response) => {
    const request: SeenRequest = {
      method: incoming.method ?? '',
      path: incoming.url ?? '',
      headers: incoming.headers,
      bytes: 0,
      text: '',
      isComplete: false,
    };
    requests.push(request);
    const exchange: Exchange = {
      request,
      incoming,
      response,
      answer(status, body, headers = {}) {
        response.writeHead(status, headers);
        response.end(body === undefined || typeof body === 'string' ? body : JSON.stringify(body));
      },
      cut: () => incoming.socket.destroy(),
    };
    if (options.onHeaders?.(exchange) === true) return;
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => {
      request.bytes += chunk.byteLength;
      if (options.keepBodies !== false) chunks.push(chunk);
    });
    incoming.on('error', () => undefined);
    incoming.on('end', () => {
      request.text = Buffer.concat(chunks).toString('latin1');
      request.isComplete = true;
      onRequest(exchange);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => {
      server.close(resolve);
    });
  });
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url: `http://${host}`, host, requests };
}

/** An address at which nobody listens. */
export async function closedPortUrl(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => {
    server.close(resolve);
  });
  return `http://127.0.0.1:${port}`;
}
