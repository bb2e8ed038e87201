import type { z } from 'zod';
import { DestinationError } from '../../errors/destination-error.ts';

export interface BoundedBytes {
  readonly bytes: Uint8Array;
  /** True when there was more than the bound. */
  readonly isTruncated: boolean;
}

/** Reads an answer's body up to a bound and lets the rest go. */
export async function readBounded(response: Response, maxBytes: number): Promise<BoundedBytes> {
  if (response.body === null) return { bytes: new Uint8Array(0), isTruncated: false };
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body as ReadableStream<Uint8Array>) {
    const taken = chunk.subarray(0, maxBytes - size);
    chunks.push(taken);
    size += taken.byteLength;
    // Leaving the loop cancels the body.
    if (taken.byteLength < chunk.byteLength) return { bytes: Buffer.concat(chunks), isTruncated: true };
  }
  return { bytes: Buffer.concat(chunks), isTruncated: false };
}

/** The body as JSON; `undefined` when it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

export interface JsonAnswer extends BoundedBytes {
  readonly provider: string;
  readonly operation: string;
  readonly status: number;
}

/** Parses an answer with a schema of the fields used. Throws `destination.unexpected_answer`, which tells fields but no values. */
export function parseAnswer<Schema extends z.ZodType>(answer: JsonAnswer, schema: Schema): z.output<Schema> {
  const json = answer.isTruncated ? undefined : parseJson(new TextDecoder().decode(answer.bytes));
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const { provider, operation, status } = answer;
  const problem = json === undefined ? (answer.isTruncated ? 'too large' : 'not JSON') : 'not of the expected form';
  const fields = json === undefined ? [] : parsed.error.issues.slice(0, 5).map((issue) => `${issue.path.join('.')}: ${issue.code}`);
  throw new DestinationError(`${provider}: could not ${operation}: the answer is ${problem}.`, {
    code: 'destination.unexpected_answer',
    recovery: 'operator',
    hint: 'Something between here and the store may answer in its place, or the store changed its interface. Look for a newer version of this package.',
    details: { provider, operation, status, fields },
  });
}
