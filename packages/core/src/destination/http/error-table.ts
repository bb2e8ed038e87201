import type { ErrorDetails, Recovery } from '../../errors/archive-error.ts';
import type { DestinationErrorCode } from '../../errors/destination-error.ts';

/** One line of an adapter's table from a store's answers to error codes. The first row that fits wins. */
export interface ErrorRow {
  readonly status: number | readonly number[];
  /** The store's own reason as `readFailure` gave it: the whole of it, or a pattern. A row without one fits every reason. */
  readonly reason?: string | RegExp | undefined;
  readonly code: DestinationErrorCode;
  readonly recovery: Recovery;
  /** What the reader can do about it, in the words of the store's own set-up. @default a general one for the code */
  readonly hint?: string | undefined;
  /** Whether the same request may be sent again within its budget of seconds. @default true for `retry`, but not for `destination.upload_expired` */
  readonly repeatable?: boolean | undefined;
  /**
   * `none`: with this answer the store has surely done nothing, so that a request with `repeat: 'after-refusal'` is sent again too.
   *
   * @default 'none' below 500, 'unknown' from 500 on
   */
  readonly effect?: 'none' | 'unknown' | undefined;
  /**
   * Who waits: every request of the adapter or just this one.
   *
   * @default 'adapter' for `destination.rate_limited` and for 429, 503 and 509 with a time to wait, 'request' otherwise
   */
  readonly pauses?: 'adapter' | 'request' | undefined;
}

/** An answer that was not the expected one. Its text was read up to a bound; it may hold names and links. */
export interface FailedAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** The parsed body; `undefined` when it is not JSON. */
  readonly json: unknown;
  readonly text: string;
}

/** What an adapter reads out of a failed answer. Free text of the store stays out: it may hold names. */
export interface FailureFacts {
  /** The store's own code, such as `storageQuotaExceeded`. Only letters, digits and `._:/-` get into errors. */
  readonly reason?: string | undefined;
  /** How long the body asks to wait, in milliseconds. The header `Retry-After` needs no reading: it is always honoured. */
  readonly retryAfterMs?: number | undefined;
  /** What the store's support asks for. */
  readonly requestId?: string | undefined;
  readonly details?: ErrorDetails | undefined;
}

/** How one store says no. Statuses without a row get a sensible code. */
export interface ErrorTable {
  readonly rows: readonly ErrorRow[];
  /** Reasons of a 401 that another token would not mend, such as `missing_scope`: they go to the rows at once. @default none */
  readonly beyondRefresh?: RegExp | undefined;
  /** Reads reason, wait and request id out of an answer. Must not throw on any body. */
  readonly readFailure: (answer: FailedAnswer) => FailureFacts;
}
