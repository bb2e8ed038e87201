import type { ArchiveError } from '../../errors/archive-error.ts';

export interface FailedTryOptions {
  /** What the caller gets when there is no further try. */
  readonly error: ArchiveError;
  /** Whether the same request may succeed in a moment. */
  readonly isRepeatable: boolean;
  /** `none`: the store has surely done nothing. */
  readonly effect: 'none' | 'unknown';
  readonly pauses: 'adapter' | 'request';
}

/** How one try of a request ended badly, for the loop that decides about the next one. Never leaves the requester. */
export class FailedTry extends Error {
  readonly error: ArchiveError;
  readonly isRepeatable: boolean;
  readonly effect: 'none' | 'unknown';
  readonly pauses: 'adapter' | 'request';

  constructor(options: FailedTryOptions) {
    super(options.error.message);
    this.name = 'FailedTry';
    this.error = options.error;
    this.isRepeatable = options.isRepeatable;
    this.effect = options.effect;
    this.pauses = options.pauses;
  }
}
