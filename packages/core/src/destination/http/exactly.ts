import { IntegrityError } from '../../errors/integrity-error.ts';

/** Counts the bytes of a source that has to give exactly so many. */
export interface Measure {
  /** Takes the next bytes and answers those that may go on. Throws `IntegrityError` when there are too many. */
  take(chunk: Uint8Array): Uint8Array | undefined;
  /** Takes the end of the source and answers what was held back. Throws `IntegrityError` when there were too few. */
  end(): Uint8Array | undefined;
}

/**
 * Measures a source.
 *
 * The chunk that completes the size is held back until the source has ended, so that of a wrong source the store never gets enough to
 * commit: `fetch` itself cuts a longer body to its `Content-Length` without a word.
 */
export function createMeasure(size: number): Measure {
  let received = 0;
  let last: Uint8Array | undefined;
  return {
    take(chunk) {
      if (chunk.byteLength === 0) return undefined;
      received += chunk.byteLength;
      if (received > size) throw sizeMismatch({ expected: size, received, isComplete: false });
      if (received < size) return chunk;
      last = chunk;
      return undefined;
    },
    end() {
      if (received < size) throw sizeMismatch({ expected: size, received, isComplete: true });
      return last;
    },
  };
}

/** Lets exactly `size` bytes through and fails with `IntegrityError` when the source is shorter or longer, before the last of them. */
export function exactly(size: number): TransformStream<Uint8Array, Uint8Array> {
  const measure = createMeasure(size);
  return new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      const passed = measure.take(chunk);
      if (passed !== undefined) controller.enqueue(passed);
    },
    flush(controller) {
      const last = measure.end();
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
