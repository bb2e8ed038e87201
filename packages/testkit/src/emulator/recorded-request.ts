import type { FaultKind } from './fault.ts';

/**
 * How a request ended.
 *
 * - `pending`: it has not yet.
 * - `answered`: the answer was handed over completely.
 * - `cut`: the connection was destroyed before there was an effect, or the caller went away.
 * - `reply-lost`: the effect happened, and the connection was destroyed before the answer.
 * - `answer-cut`: the connection ended within the body of the answer.
 */
export type RequestOutcome = 'pending' | 'answered' | 'cut' | 'reply-lost' | 'answer-cut';

/** One request as an emulator saw it. */
export interface RecordedRequest {
  /** Counts from 1 over all origins of the emulator. */
  readonly sequence: number;
  /** Name of the origin it was sent to, such as `api`. */
  readonly origin: string;
  readonly method: string;
  /** As it was sent: percent-encoded, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in lower case. The values of credentials read `[redacted]`. */
  readonly headers: Readonly<Record<string, string>>;
  /** Milliseconds since 1970 on the emulator's clock. */
  readonly startedAt: number;
  readonly endedAt: number | undefined;
  /** Bytes of the body that were read. */
  readonly requestBytes: number;
  /** Bytes of the answer's body that were handed over. */
  readonly responseBytes: number;
  /** Status of the answer, also of one that was lost. */
  readonly status: number | undefined;
  readonly outcome: RequestOutcome;
  /** The injected fault it met. */
  readonly fault: FaultKind | undefined;
}

export type MutableRecordedRequest = { -readonly [Name in keyof RecordedRequest]: RecordedRequest[Name] };
