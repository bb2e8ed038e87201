import { ArchiveError } from '../../errors/archive-error.ts';
import { type Deadline, startDeadline } from './deadline.ts';
import { FailedTry } from './failed-try.ts';
import { networkFailure } from './network-failure.ts';
import { type OutgoingBody, openOutgoingBody } from './outgoing-body.ts';
import { fetchFollowing } from './redirects.ts';
import type { RequestBody } from './request-body.ts';

/** One request as it goes over the wire. */
export interface OutgoingRequest {
  readonly provider: string;
  readonly operation: string;
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  readonly body?: RequestBody | undefined;
  readonly maxRedirects: number;
  /** True when a status from 300 to 399 is an answer like any other. */
  readonly expectsRedirect: boolean;
  readonly fetch: typeof globalThis.fetch;
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
}

/** Takes the answer over, together with the deadline: it ends or abandons it. */
export type ReadAnswer<Answer> = (response: Response, deadline: Deadline) => Promise<Answer>;

/**
 * Sends one request and reads its answer under one deadline.
 *
 * Rejects with the reason of `signal`, with what the body's source threw, or with `FailedTry` when no answer came.
 */
export async function exchange<Answer>(outgoing: OutgoingRequest, read: ReadAnswer<Answer>): Promise<Answer> {
  const { signal, timeoutMs } = outgoing;
  const deadline = startDeadline({ timeoutMs, signal });
  let body: OutgoingBody | undefined;
  try {
    body = outgoing.body === undefined ? undefined : openOutgoingBody(outgoing.body, { onDemand: deadline.extend });
    const response = await fetchFollowing(outgoing, { body, signal: deadline.signal });
    return await read(response, deadline);
  } catch (error) {
    deadline.abandon();
    signal?.throwIfAborted();
    if (deadline.hasPassed) throw networkFailure(error, outgoing);
    if (body?.failure !== undefined) throw body.failure.error;
    if (error instanceof FailedTry || ArchiveError.isInstance(error)) throw error;
    throw networkFailure(error, { ...outgoing, timeoutMs: undefined });
  } finally {
    body?.release();
  }
}
