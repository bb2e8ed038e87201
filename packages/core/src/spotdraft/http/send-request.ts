import ky, { isHTTPError, type Options } from 'ky';
import { parseJson } from '../../destination/http/read-answer.ts';
import { ArchiveError } from '../../errors/archive-error.ts';
import type { SpotDraftError } from '../../errors/spotdraft-error.ts';
import type { ClientSettings } from '../client-options.ts';
import { answerError, type FailedAnswer } from './answer-error.ts';
import { exchange } from './exchange.ts';
import { networkError } from './network-error.ts';
import type { Pace } from './pace.ts';
import type { RequestLabel } from './request-label.ts';
import { retryPolicy } from './retry-policy.ts';
import { withOwnSignal } from './with-own-signal.ts';

/** One request as it goes over the wire. */
export interface OutgoingRequest {
  readonly url: URL;
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly headers: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** As errors and events tell it; absent when the whole address is a secret. */
  readonly path: string | undefined;
  readonly answer: 'whole' | 'stream';
  readonly isRepeatable: boolean;
  /** Every try waits for its turn here. */
  readonly pace?: Pace | undefined;
  readonly toError?: ((answer: FailedAnswer, label: RequestLabel) => SpotDraftError) | undefined;
  /** Statuses from 300 to 399 are answers like any other; without it they are passed to `toError`. */
  readonly acceptsRedirect?: boolean | undefined;
  readonly signal: AbortSignal | undefined;
}

/**
 * Sends a request, and sends it again while that is safe and promises something.
 *
 * Rejects with the reason of `signal`, or with an error that holds no credential, no query and no link: ky's own errors hold all three, so none
 * of them gets out.
 */
export async function sendRequest(outgoing: OutgoingRequest, settings: ClientSettings): Promise<Response> {
  const { url, method, path, signal, isRepeatable, pace = unpaced, toError = answerError } = outgoing;
  const { fetch, timeoutMs, maxAnswerBytes, retry, emit } = settings;
  let attempt = 0;
  let endedAt = 0;
  const label = (): RequestLabel => ({ method, path, host: url.host, attempt, isRepeatable });
  const describe = (error: unknown) => describeFailure(error, { label: label(), toError });

  async function sendOnce(request: Request): Promise<Response> {
    attempt += 1;
    const startedAt = performance.now();
    try {
      const response = await exchange(request, { label: label(), fetch, timeoutMs, maxAnswerBytes, answer: outgoing.answer, signal });
      const durationMs = Math.round(performance.now() - startedAt);
      emit({ type: 'request.answered', method, path, status: response.status, durationMs, attempt });
      return response;
    } finally {
      endedAt = performance.now();
    }
  }

  const options: Options = {
    method,
    headers: outgoing.headers,
    json: outgoing.body,
    redirect: 'manual',
    throwHttpErrors: (status) => !(outgoing.acceptsRedirect === true && status >= 300 && status < 400),
    timeout: false,
    retry: retryPolicy({ ...retry, isRepeatable }),
    fetch: (request) => pace(() => sendOnce(request as Request), { signal }),
    hooks: {
      beforeRetry: [
        ({ error }) => {
          const waitedMs = Math.round(performance.now() - endedAt);
          emit({ type: 'request.repeated', method, path, code: describe(error).code, attempt, waitedMs });
        },
      ],
    },
  };
  try {
    return await withOwnSignal(signal, (own) => ky(url, { ...options, signal: own }));
  } catch (error) {
    signal?.throwIfAborted();
    throw describe(error);
  }
}

const unpaced: Pace = (work) => work();

interface DescribeOptions {
  readonly label: RequestLabel;
  readonly toError: (answer: FailedAnswer, label: RequestLabel) => SpotDraftError;
}

function describeFailure(error: unknown, { label, toError }: DescribeOptions): SpotDraftError {
  if (ArchiveError.isInstance(error)) return error as SpotDraftError;
  if (!isHTTPError(error)) return networkError(error, { label });
  const { data, response } = error;
  const { status, headers } = response;
  // ky parses bodies that are labelled as JSON; a label is not to be relied on.
  const body = typeof data === 'string' ? (parseJson(data) ?? data) : data;
  return toError({ status, headers, body }, label);
}
