import type { Deadline } from './deadline.ts';
import { describeFailure, matchesReason } from './describe-failure.ts';
import type { FailedAnswer } from './error-table.ts';
import { watchIncomingBody } from './incoming-body.ts';
import { networkFailure } from './network-failure.ts';
import { parseAnswer, parseJson, readBounded } from './read-answer.ts';
import { repeatRequest } from './repeat-request.ts';
import { createRequesterContext, type RequesterContext } from './requester-context.ts';
import type { DestinationRequest, DestinationRequester, DestinationRequesterOptions, DownloadAnswer } from './requester-types.ts';
import { sendRequest } from './send-request.ts';

/** Of an answer that nobody expected no more than this is looked at. */
const maxFailureBytes = 65_536;
const maxDownloadRedirects = 5;

/**
 * Makes the one thing through which an adapter talks to its store. Connects to nothing until a request is made.
 *
 * Throws `ConfigurationError` when an option is wrong: an adapter may hand on `timeoutMs`, `retry`, `fetch`, `onEvent`, `clock` and `userAgent` as they
 * were given to it.
 *
 * @example
 * const requester = createDestinationRequester({ provider: 'dropbox', errorTable, tokenSource, credentialHosts: ['api.dropboxapi.com'] });
 */
export function createDestinationRequester(options: DestinationRequesterOptions): DestinationRequester {
  const context = createRequesterContext(options);
  return {
    async request(request) {
      const answer = await repeat(request, context, async () => {
        const read = (response: Response, deadline: Deadline) => readWhole(response, { deadline, request, context });
        const isRefreshable = (refused: WholeAnswer) => mayRefresh(refused, context);
        return expected(await sendRequest(request, context, { maxRedirects: 0, read, isRefreshable }), { request, context });
      });
      const { provider } = context;
      const { operation } = request;
      const { status, headers, reason } = answer;
      return { status, headers, reason, json: (schema) => parseAnswer({ ...answer, provider, operation }, schema) };
    },
    async download(download) {
      // Compressed on the way, the bytes would still be right, but ranges and lengths would not; with a range `fetch` asks for this itself.
      const headers = new Headers(download.headers).has('range')
        ? download.headers
        : { ...download.headers, 'accept-encoding': 'identity' };
      const request: DestinationRequest = { ...download, headers, method: 'GET', repeat: 'safe' };
      return repeat(request, context, async () => {
        const read = (response: Response, deadline: Deadline) => readDownload(response, { deadline, request, context });
        const isRefreshable = (refused: WholeAnswer | DownloadAnswer) => 'body' in refused || mayRefresh(refused, context);
        const answer = await sendRequest(request, context, { maxRedirects: maxDownloadRedirects, read, isRefreshable });
        return 'body' in answer ? answer : refuse(answer, { request, context });
      });
    },
  };
}

interface OneRequest {
  readonly request: DestinationRequest;
  readonly context: RequesterContext;
}

interface OneAnswer extends OneRequest {
  readonly deadline: Deadline;
}

/** An answer that was read to its end, or to its bound. */
interface WholeAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Uint8Array;
  readonly isTruncated: boolean;
}

function repeat<Answer>(request: DestinationRequest, context: RequesterContext, attempt: () => Promise<Answer>): Promise<Answer> {
  const { provider, gate, clock, emit } = context;
  const { operation, signal } = request;
  const retry = { ...context.retry, ...request.retry };
  return repeatRequest(attempt, { provider, operation, repeat: request.repeat, retry, gate, clock, emit, signal });
}

async function readWhole(response: Response, { deadline, request, context }: OneAnswer): Promise<WholeAnswer> {
  const { status, headers } = response;
  const { bytes, isTruncated } = await readBounded(response, isExpectedStatus(request, status) ? context.maxAnswerBytes : maxFailureBytes);
  deadline.end();
  observePause({ status, headers }, context);
  return { status, headers, bytes, isTruncated };
}

async function readDownload(response: Response, one: OneAnswer): Promise<WholeAnswer | DownloadAnswer> {
  const { deadline, request, context } = one;
  const { status, headers } = response;
  if (!request.expect.includes(status)) return readWhole(response, one);
  observePause({ status, headers }, context);
  const { signal, operation } = request;
  const { provider, timeoutMs } = context;
  const toError = (error: unknown) => {
    if (signal?.aborted === true) return signal.reason;
    return networkFailure(error, { provider, operation, timeoutMs: deadline.hasPassed ? timeoutMs : undefined }).error;
  };
  return { status, headers, body: watchIncomingBody(response.body, { deadline, toError }) };
}

function observePause(answer: { readonly status: number; readonly headers: Headers }, { readPause, gate, emit }: RequesterContext): void {
  const pauseMs = readPause?.(answer);
  if (pauseMs !== undefined) emit({ type: 'requests.paused', waitMs: gate.close(pauseMs) });
}

function isExpectedStatus({ expect }: DestinationRequest, status: number): boolean {
  return expect.some((expectation) => (typeof expectation === 'number' ? expectation : expectation.status) === status);
}

function expected(answer: WholeAnswer, one: OneRequest): WholeAnswer & { readonly reason: string | undefined } {
  const { request, context } = one;
  if (request.expect.includes(answer.status)) return { ...answer, reason: undefined };
  if (isExpectedStatus(request, answer.status)) {
    const { reason } = context.errorTable.readFailure(asFailure(answer));
    const isWanted = request.expect.some(
      (expectation) => typeof expectation !== 'number' && expectation.status === answer.status && matchesReason(expectation.reason, reason),
    );
    if (isWanted) return { ...answer, reason };
  }
  return refuse(answer, one);
}

function mayRefresh(answer: WholeAnswer, { errorTable }: RequesterContext): boolean {
  return (
    errorTable.beyondRefresh === undefined || !matchesReason(errorTable.beyondRefresh, errorTable.readFailure(asFailure(answer)).reason)
  );
}

function refuse(answer: WholeAnswer, { request, context }: OneRequest): never {
  const { provider, errorTable, clock } = context;
  throw describeFailure(asFailure(answer), { provider, operation: request.operation, errorTable, now: clock.now() });
}

function asFailure({ status, headers, bytes }: WholeAnswer): FailedAnswer {
  const text = new TextDecoder().decode(bytes);
  return { status, headers, text, json: parseJson(text) };
}
