import type { z } from 'zod';
import type { Clock } from './clock.ts';
import type { ErrorTable } from './error-table.ts';
import type { RequestBody } from './request-body.ts';
import type { Secret } from './secret.ts';
import type { TokenSource } from './token-source.ts';

/** How long and how often a request is sent again. */
export interface RetryOptions {
  /**
   * No try begins later than this many milliseconds after the first failure, and none waits longer. A store that asks for more gets its error handed
   * on with `retryAfterMs`, for the layer that waits minutes.
   *
   * @default 30000
   */
  readonly budgetMs?: number | undefined;
  /** Tries altogether. @default 8 */
  readonly maxTries?: number | undefined;
  /** Upper end of the first random wait. It doubles with each try. @default 500 */
  readonly firstDelayMs?: number | undefined;
  /** Upper end of every random wait. @default 10000 */
  readonly maxDelayMs?: number | undefined;
}

/** What a requester tells while it works. Holds no secrets: hosts, not addresses. What a listener throws is ignored. */
export type RequestEvent =
  | {
      readonly type: 'request.answered';
      readonly operation: string;
      readonly method: string;
      readonly host: string;
      readonly status: number;
      readonly durationMs: number;
    }
  | {
      readonly type: 'request.repeated';
      readonly operation: string;
      readonly code: string;
      readonly waitMs: number;
      readonly tries: number;
    }
  | { readonly type: 'requests.paused'; readonly waitMs: number };

export interface DestinationRequesterOptions {
  /** The store's name, such as `dropbox`; begins every message. */
  readonly provider: string;
  readonly errorTable: ErrorTable;
  /** Needed for requests with `auth: true`, which is the default. */
  readonly tokenSource?: TokenSource | undefined;
  /** Hosts (with their port, if any) that are given the token; `*.box.com` means every host below `box.com`. */
  readonly credentialHosts?: readonly string[] | undefined;
  /**
   * Reads out of any answer, good or bad, how long all requests of this adapter should hold still, in milliseconds; `undefined` for not at all.
   * `pauseNearLimit` reads the usual `RateLimit-Remaining` and `RateLimit-Reset`.
   */
  readonly readPause?: ((answer: { readonly status: number; readonly headers: Headers }) => number | undefined) | undefined;
  /** @default the global `fetch`, looked up at each request */
  readonly fetch?: typeof globalThis.fetch | undefined;
  /** Longest silence in milliseconds: no byte taken or given, no answer. An answer that is read as a whole must be there by then. @default 60000 */
  readonly timeoutMs?: number | undefined;
  /** @default 'spotdraft-archive' */
  readonly userAgent?: string | undefined;
  readonly retry?: RetryOptions | undefined;
  /** Largest answer read into memory, in bytes. @default 4194304 */
  readonly maxAnswerBytes?: number | undefined;
  readonly onEvent?: ((event: RequestEvent) => void) | undefined;
  readonly clock?: Clock | undefined;
}

/** A status that counts as success, or a refusal that the adapter wants to see as an answer, such as 409 `item_name_in_use`. */
export type Expectation = number | { readonly status: number; readonly reason: string | RegExp };

interface AnyRequest {
  /** Completes "could not …" in messages: `read the folder`. No names, no ids. */
  readonly operation: string;
  /** Absolute, https (http on this machine only). Wrap addresses that are credentials themselves in `secret`. */
  readonly url: string | URL | Secret<string>;
  /** Added to the address; `undefined` leaves a parameter out. */
  readonly query?: Readonly<Record<string, string | undefined>> | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Whether the token is sent. Never for session addresses. @default true */
  readonly auth?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface DownloadRequest extends AnyRequest {
  /** Statuses with which bytes come. */
  readonly expect: readonly number[];
}

export interface DestinationRequest extends AnyRequest {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS';
  readonly body?: RequestBody | undefined;
  readonly expect: readonly Expectation[];
  /**
   * When the request may be sent again within its budget:
   * `safe` (whenever the failure is transient, a lost reply included), `after-refusal` (only when the store surely did nothing), `never`.
   * Apart from that a rejected token is refreshed and the request repeated once.
   */
  readonly repeat: 'safe' | 'after-refusal' | 'never';
  /** Overrides the requester's own. */
  readonly retry?: RetryOptions | undefined;
}

/** An answer that was expected, read to its end. */
export interface DestinationAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** The store's own reason, when the answer was expected by its reason. */
  readonly reason: string | undefined;
  /** Parses the body with a schema of the fields used. Throws `destination.unexpected_answer` when it does not fit. */
  json<Schema extends z.ZodType>(schema: Schema): z.output<Schema>;
}

/** An expected answer whose bytes are still to come. Read the body or cancel it. */
export interface DownloadAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** Fails with `destination.unavailable` when nothing arrives for `timeoutMs` or the connection is cut. */
  readonly body: ReadableStream<Uint8Array>;
}

/**
 * Sends one adapter's requests: token, retries, pauses, deadlines, error mapping.
 *
 * Both methods reject with the reason of `signal` when that is aborted, with what the source threw when a body could not be read, and with
 * `DestinationError` otherwise.
 */
export interface DestinationRequester {
  request(request: DestinationRequest): Promise<DestinationAnswer>;
  /** GETs bytes as a stream. Follows redirects, without the token and without other headers than `Range`. Repeated until the answer begins. */
  download(request: DownloadRequest): Promise<DownloadAnswer>;
}
