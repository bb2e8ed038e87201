import type { IncomingMessage } from 'node:http';
import { alreadyParsed } from './webhook-body.ts';

/** What frameworks add to Node's request. */
export interface FrameworkRequest extends IncomingMessage {
  /** Kept by `verify` of Express's parsers, by Cloud Functions and by Firebase. */
  readonly rawBody?: unknown;
  /** Bytes or text from `express.raw()` or `express.text()`, anything else from other parsers. */
  readonly body?: unknown;
  /** The path before a router took its mount point off. */
  readonly originalUrl?: string;
}

/** The body as it was received: what the framework kept of it, else the stream. A parsed body fails when it is read. */
export function openNodeBody(request: FrameworkRequest): ReadableStream<Uint8Array> {
  if (isRaw(request.rawBody)) return streamOf(request.rawBody);
  if (!request.readableDidRead && !request.readableEnded) return pullFrom(request);
  if (isRaw(request.body)) return streamOf(request.body);
  if (!request.readableDidRead) return streamOf('');
  return failing(
    alreadyParsed(
      'The body of the request was read before the webhook handler got it, and the framework kept neither its bytes nor rawBody.',
    ),
  );
}

const isRaw = (body: unknown): body is string | Uint8Array => typeof body === 'string' || body instanceof Uint8Array;

function streamOf(body: string | Uint8Array): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      const bytes = Buffer.from(body);
      if (bytes.length > 0) controller.enqueue(bytes);
      controller.close();
    },
  });
}

function failing(error: Error): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      controller.error(error);
    },
  });
}

/** Reads no more than is asked for. Cancelling leaves the connection open: the refusal has yet to be sent on it. */
function pullFrom(request: IncomingMessage): ReadableStream<Uint8Array> {
  return ReadableStream.from<Uint8Array>(request.iterator({ destroyOnReturn: false }));
}
