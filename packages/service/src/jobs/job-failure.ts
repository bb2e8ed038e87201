import { ArchiveError, type AttemptFailure } from '@spotdraft-archive/core';

/** Why a job has not succeeded, as far as one destination is concerned. */
export interface JobFailure extends AttemptFailure {
  /** What the reader can do about it. */
  readonly hint?: string | undefined;
  /** How long the other side asked us to wait, in milliseconds. */
  readonly retryAfterMs?: number | undefined;
}

/** By destination. The name `''` stands for the contract itself: then no destination was reached. */
export type JobFailures = Readonly<Record<string, JobFailure>>;

/** The name, among destinations, of SpotDraft and of the contract itself. */
export const source = '';

/** Keeps of an error what may be stored and shown. */
export function jobFailureOf(error: unknown): JobFailure {
  if (ArchiveError.isInstance(error)) {
    const { code, message, recovery, hint, retryAfterMs } = error;
    return { code, message, recovery, hint, retryAfterMs };
  }
  return {
    code: 'unexpected',
    // The text of a foreign error may hold anything, also what must not be stored.
    message: `Something that is no ArchiveError was thrown: ${error instanceof Error ? error.name : typeof error}.`,
    recovery: 'retry',
    hint: 'If it stays, this is a mistake in the program: run archiveContract for this contract to see it.',
  };
}
