import { drain, watchBytes } from './body-streams.ts';
import { ConnectionCut } from './connection-cut.ts';
import type { EmulatorClock } from './emulator-clock.ts';
import type { EmulatorHandler, FaultReply, HandlerContext } from './emulator-handler.ts';
import type { Fault } from './fault.ts';
import type { FaultPlan } from './fault-plan.ts';
import { preventEffect } from './prevent-effect.ts';
import type { MutableRecordedRequest, RecordedRequest } from './recorded-request.ts';
import { redactHeaders } from './redact-headers.ts';
import type { RequestHooks } from './request-hooks.ts';
import type { RequestLog } from './request-log.ts';
import { watchAnswer } from './watch-answer.ts';

/** What every request of an emulator goes through, whichever way it came in. */
export interface ExchangeOptions<Origin extends string> {
  readonly handlers: Readonly<Record<Origin, EmulatorHandler<Origin>>>;
  readonly urls: Readonly<Record<Origin, string>>;
  readonly clock: EmulatorClock;
  readonly requests: RequestLog;
  readonly faults: FaultPlan;
  readonly hooks: RequestHooks;
  readonly stopping: AbortSignal;
  readonly credentialHeaders: readonly string[];
  readonly faultReply: FaultReply;
}

/**
 * Takes one request through log, hooks, faults and the emulator's own handler.
 *
 * Resolves with the answer, or rejects with `ConnectionCut` when there is to be none. The body of the answer may break off.
 */
export async function exchangeRequest<Origin extends string>(
  incoming: Request,
  origin: Origin,
  options: ExchangeOptions<Origin>,
): Promise<Response> {
  const { clock, faultReply, hooks, requests, urls } = options;
  const record: MutableRecordedRequest = requests.append(describeRequest(incoming, origin, options));
  const leaving = new AbortController();
  const request = watchRequest(incoming, record, { leaving, stopping: options.stopping });
  const handle = (received: Request): Promise<Response> => runHandler(options.handlers[origin], received, { origin, urls, clock, record });
  try {
    const faults = options.faults.take(record);
    record.fault = faults.at(-1)?.kind;
    await hooks.run(record, 'before-effect');
    const prevented = await preventEffect(request, faults, { clock, handle, reply: (status) => faultReply(status, record) });
    if (request.signal.aborted) throw callerLeft(request.signal);
    const response = prevented ?? (await handle(request));
    record.status = response.status;
    record.outcome = 'reply-lost';
    await loseReplyIfPlanned(request, faults);
    await hooks.run(record, 'after-effect');
    return watchAnswer(response, record, { faults, clock });
  } catch (error) {
    if (record.outcome === 'pending') record.outcome = 'cut';
    record.endedAt = clock.now();
    throw error;
  }
}

function describeRequest<Origin extends string>(
  request: Request,
  origin: Origin,
  { clock, credentialHeaders }: ExchangeOptions<Origin>,
): Omit<RecordedRequest, 'sequence'> {
  const url = new URL(request.url);
  return {
    origin,
    method: request.method,
    path: url.pathname,
    query: url.searchParams,
    headers: redactHeaders(request.headers, credentialHeaders),
    startedAt: clock.now(),
    endedAt: undefined,
    requestBytes: 0,
    responseBytes: 0,
    status: undefined,
    outcome: 'pending',
    fault: undefined,
  };
}

interface WatchRequestOptions {
  /** Aborted here when the body breaks off. */
  readonly leaving: AbortController;
  readonly stopping: AbortSignal;
}

/** The same request, with its body counted and its signal telling of everything that ends it. */
function watchRequest(request: Request, record: MutableRecordedRequest, { leaving, stopping }: WatchRequestOptions): Request {
  const signal = AbortSignal.any([request.signal, stopping, leaving.signal]);
  if (request.body === null) return new Request(request, { signal });
  const body = watchBytes(request.body, {
    onBytes(count) {
      record.requestBytes += count;
    },
    onFailure: (error) => leaving.abort(new ConnectionCut(error)),
  });
  return new Request(request, { method: request.method, body, duplex: 'half', signal });
}

async function runHandler<Origin extends string>(
  handler: EmulatorHandler<Origin>,
  request: Request,
  context: HandlerContext<Origin>,
): Promise<Response> {
  try {
    return await handler(request, context);
  } catch (error) {
    if (error instanceof ConnectionCut) throw error;
    if (request.signal.aborted) throw callerLeft(request.signal);
    // A mistake in an emulator has to be seen, and not to look like a cut connection.
    return new Response(`The emulator failed: ${error instanceof Error ? error.stack : String(error)}`, { status: 500 });
  }
}

function callerLeft({ reason }: AbortSignal): ConnectionCut {
  return reason instanceof ConnectionCut ? reason : new ConnectionCut('the caller went away');
}

async function loseReplyIfPlanned(request: Request, faults: readonly Fault[]): Promise<void> {
  if (!faults.some((fault) => fault.kind === 'loseReply')) return;
  if (!request.bodyUsed) await drain(request.body);
  throw new ConnectionCut('the reply was lost');
}
