import type { SpotDraftErrorCode } from '../errors/spotdraft-error.ts';

/** SpotDraft, or the file storage behind it, answered a request. */
export interface RequestAnswered {
  readonly type: 'request.answered';
  readonly method: string;
  /** Without host and query; absent for a download link, which is a secret. */
  readonly path?: string | undefined;
  readonly status: number;
  readonly durationMs: number;
  /** Counts the tries of this request, from 1. */
  readonly attempt: number;
}

/** A request failed and is sent once more. */
export interface RequestRepeated {
  readonly type: 'request.repeated';
  readonly method: string;
  readonly path?: string | undefined;
  readonly code: SpotDraftErrorCode;
  /** The try that failed, from 1. */
  readonly attempt: number;
  /** How long the request was held back, in milliseconds. */
  readonly waitedMs: number;
}

/** What a client does on the wire. Holds no query, no link and no credential. */
export type SpotDraftEvent = RequestAnswered | RequestRepeated;
