/**
 * What should happen next.
 *
 * - `retry`: the same call may succeed later; wait `retryAfterMs` when it is given.
 * - `operator`: a person has to mend something outside first (a revoked token, a full drive, a moved folder).
 * - `never`: the same call will always fail.
 */
export type Recovery = 'retry' | 'operator' | 'never';

/** Facts about an error that may be logged: no secrets, no links, no names of parties. */
export type ErrorDetails = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

export interface ArchiveErrorOptions<Code extends string = string> {
  readonly code: Code;
  readonly recovery: Recovery;
  /** How long the other side asked us to wait, in milliseconds. */
  readonly retryAfterMs?: number | undefined;
  /** What the reader can do about it, as a full sentence. */
  readonly hint?: string | undefined;
  readonly details?: ErrorDetails | undefined;
  readonly cause?: unknown;
}

// A registered symbol is the same in every installed copy of this package, `instanceof` is not.
const brand = Symbol.for('@spotdraft-archive/core/ArchiveError');

/**
 * Base of every error this library throws on purpose. Aborts are not among them: an aborted call rejects with the signal's own reason.
 *
 * Recognise it with `ArchiveError.isInstance(error)`, which also knows errors that come from another installed copy of the package.
 */
export class ArchiveError<Code extends string = string> extends Error {
  readonly code: Code;
  readonly recovery: Recovery;
  readonly retryAfterMs: number | undefined;
  readonly hint: string | undefined;
  readonly details: ErrorDetails;

  constructor(message: string, options: ArchiveErrorOptions<Code>) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'ArchiveError';
    this.code = options.code;
    this.recovery = options.recovery;
    this.retryAfterMs = options.retryAfterMs;
    this.hint = options.hint;
    this.details = options.details ?? {};
    Object.defineProperty(this, brand, { value: true });
  }

  static isInstance(error: unknown): error is ArchiveError {
    return typeof error === 'object' && error !== null && brand in error;
  }
}
