import { IntegrityError } from '../../errors/integrity-error.ts';

/**
 * Lets exactly `size` bytes through and fails with `IntegrityError` when the source is shorter or longer.
 *
 * The chunk that completes the size is held back until the source has ended, so that of a wrong source the store never gets enough to
 * commit: `fetch` itself cuts a longer body to its `Content-Length` without a word.
 */
export function exactly(size: number): TransformStream<Uint8Array, Uint8Array> {
  let received = 0;
  let last: Uint8Array | undefined;
  return new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      if (chunk.byteLength === 0) return;
      received += chunk.byteLength;
      if (received > size) throw sizeMismatch({ expected: size, received, isComplete: false });
      if (received === size) last = chunk;
      else controller.enqueue(chunk);
    },
    flush(controller) {
      if (received < size) throw sizeMismatch({ expected: size, received, isComplete: true });
      if (last !== undefined) controller.enqueue(last);
    },
  });
}

interface SizeMismatch {
  readonly expected: number;
  readonly received: number;
  /** False when the source may have held even more. */
  readonly isComplete: boolean;
}

export function sizeMismatch({ expected, received, isComplete }: SizeMismatch): IntegrityError {
  const found = isComplete ? `${received}` : `at least ${received}`;
  return new IntegrityError(`The document gave ${found} bytes instead of ${expected}.`, {
    code: 'integrity.checksum_mismatch',
    recovery: 'retry',
    hint: 'The file changed after it was measured. Read the document again.',
    details: { expectedBytes: expected, receivedBytes: received },
  });
}
