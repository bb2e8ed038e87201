import type { StorageDestination, StoredCopy } from '../destination/storage-destination.ts';
import { DestinationError } from '../errors/destination-error.ts';

export interface ExpectedBytes {
  /** In bytes. */
  readonly size: number;
  /** SHA-256 in lower-case hex. */
  readonly sha256: string;
  /** The destination's own hash. */
  readonly hash: string;
  readonly mediaType: string;
}

export interface VerifyOptions {
  readonly destination: StorageDestination;
  readonly signal?: AbortSignal | undefined;
}

/** `verified`: the store's own hash agrees. `altered`: it does not, and the store is known to rewrite such files. `different`: it does not. */
export interface Verification {
  readonly verdict: 'verified' | 'altered' | 'different';
  /** The copy as the store described it last. */
  readonly copy: StoredCopy;
  /** As the store reported it. */
  readonly hash: string;
}

/**
 * Compares a copy with the bytes it should hold, by the store's own hash.
 *
 * When the answer to the upload carried no hash the copy is described once more. A store that still tells none is an error, not a success.
 */
export async function verifyCopy(reported: StoredCopy, expected: ExpectedBytes, options: VerifyOptions): Promise<Verification> {
  const { destination, signal } = options;
  const copy = reported.hash === undefined ? ((await destination.stat(reported.id, { signal })) ?? reported) : reported;
  if (copy.hash === undefined) throw missingHash(destination.provider);
  const { hash } = copy;
  if (hash === expected.hash && copy.size === expected.size) return { verdict: 'verified', copy, hash };
  // A store that writes its own properties into a file changes its size. The same size with another hash is damage.
  const altered = copy.size !== expected.size && destination.capabilities.altersMediaTypes.includes(expected.mediaType);
  return { verdict: altered ? 'altered' : 'different', copy, hash };
}

function missingHash(provider: string): DestinationError {
  return new DestinationError(`${provider} reported no hash for the copy, so it cannot be verified.`, {
    code: 'destination.unexpected_answer',
    recovery: 'retry',
    hint: 'Some stores compute the hash a little later; the next attempt finds the copy and verifies it.',
    details: { provider },
  });
}
