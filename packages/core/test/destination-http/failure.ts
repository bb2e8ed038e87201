import { ArchiveError } from '../../src/errors/archive-error.ts';

/** What a promise was rejected with. */
export async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('It did not fail.');
}

/** The `ArchiveError` that a promise was rejected with. */
export async function archiveErrorOf(promise: Promise<unknown>): Promise<ArchiveError> {
  const error = await failureOf(promise);
  if (ArchiveError.isInstance(error)) return error;
  throw error;
}
