import { type Deadline, startDeadline } from '../../destination/http/deadline.ts';
import { watchIncomingBody } from '../../destination/http/incoming-body.ts';
import { readBounded } from '../../destination/http/read-answer.ts';
import { untilAborted } from '../../destination/http/until-aborted.ts';
import { ArchiveError } from '../../errors/archive-error.ts';
import { IntegrityError } from '../../errors/integrity-error.ts';
import { SpotDraftError } from '../../errors/spotdraft-error.ts';
import { networkError } from './network-error.ts';
import { nameOf, peerOf, type RequestLabel } from './request-label.ts';
import { wrongUrlError } from './wrong-url-error.ts';

export interface ExchangeOptions {
  readonly label: RequestLabel;
  readonly fetch: typeof fetch;
  readonly timeoutMs: number;
  readonly maxAnswerBytes: number;
  /** `stream`: the body of a success is handed over as it arrives. `whole`: it was read when this resolves. */
  readonly answer: 'whole' | 'stream';
  readonly signal: AbortSignal | undefined;
}

/** Of an answer that is no success no more than this is looked at. */
const maxErrorBytes = 65_536;

/** Sends a request once, under one deadline. Rejects with the reason of `signal`, or with our error when no whole answer came. */
export async function exchange(request: Request, options: ExchangeOptions): Promise<Response> {
  const { label, fetch, timeoutMs, signal } = options;
  const deadline = startDeadline({ timeoutMs, signal });
  try {
    const response = await untilAborted(fetch(request, { signal: deadline.signal }), deadline.signal);
    if (response.type === 'opaqueredirect' || response.redirected)
      throw wrongUrlError({ ...redirectOf(response), url: new URL(request.url) }, label);
    if (response.ok && options.answer === 'stream') return streamed(response, { ...options, deadline });
    const whole = await untilAborted(read(response, options), deadline.signal);
    deadline.end();
    return whole;
  } catch (error) {
    deadline.abandon();
    signal?.throwIfAborted();
    if (ArchiveError.isInstance(error)) throw error;
    throw networkError(error, { label, timeoutMs: deadline.hasPassed ? timeoutMs : undefined });
  }
}

/** An implementation of `fetch` that follows redirects, or hides them, although it was told not to. */
function redirectOf({ headers }: Response): { readonly status: number; readonly headers: Headers } {
  return { status: 302, headers };
}

async function read(response: Response, { label, maxAnswerBytes }: ExchangeOptions): Promise<Response> {
  const { status, headers, ok } = response;
  const { bytes, isTruncated } = await readBounded(response, ok ? maxAnswerBytes : maxErrorBytes);
  if (isTruncated && ok) throw tooLarge(label, maxAnswerBytes);
  // A 204 must have no body at all, not even an empty one.
  return new Response(bytes.byteLength === 0 || isTruncated ? null : bytes, { status, headers });
}

interface StreamOptions extends ExchangeOptions {
  readonly deadline: Deadline;
}

function streamed({ body, status, headers }: Response, { label, deadline, timeoutMs, signal }: StreamOptions): Response {
  const toError = (): unknown => {
    if (signal?.aborted) return signal.reason;
    const problem = deadline.hasPassed ? `stood still for ${timeoutMs} ms` : 'broke off';
    return new IntegrityError(`The answer of ${peerOf(label)} to ${nameOf(label)} ${problem}.`, {
      code: 'integrity.download_incomplete',
      recovery: 'retry',
      hint: 'The connection was cut. Download the document anew.',
      details: { host: label.host },
    });
  };
  return new Response(watchIncomingBody(body, { deadline, toError }), { status, headers });
}

function tooLarge(label: RequestLabel, maxAnswerBytes: number): SpotDraftError {
  return new SpotDraftError(`The answer of ${peerOf(label)} to ${nameOf(label)} is larger than ${maxAnswerBytes} bytes.`, {
    code: 'spotdraft.unexpected_answer',
    recovery: 'never',
    hint: 'Raise `maxAnswerBytes`, or ask for less: a smaller `pageSize` for example.',
    method: label.method,
    path: label.path,
  });
}
