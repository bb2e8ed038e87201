/** A request as the client sent it. */
export interface SentRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  /** Empty when there was none. */
  readonly body: string;
  readonly redirect: Request['redirect'];
}

export type Answer = Response | Error | ((request: Request, sent: SentRequest) => Response | Promise<Response>);

export interface ScriptedFetch {
  readonly fetch: typeof fetch;
  readonly sent: readonly SentRequest[];
}

/** A `fetch` that gives one answer after the other and the last one again and again: an error rejects, a function is asked. */
export function scriptedFetch(...answers: readonly Answer[]): ScriptedFetch {
  const sent: SentRequest[] = [];
  const fetch = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const request = new Request(input, init);
    const { method, headers, redirect } = request;
    const body = await request.clone().text();
    const one = { method, url: new URL(request.url), headers, body, redirect };
    const answer = answers[Math.min(sent.length, answers.length - 1)];
    sent.push(one);
    if (answer instanceof Error) throw answer;
    if (typeof answer === 'function') return answer(request, one);
    if (answer === undefined) throw new RangeError('No answer was scripted.');
    const { status, headers: answerHeaders } = answer;
    // A clone of its own would be torn from the original, and letting go of one waits for the other.
    return new Response(answer.body === null ? null : await answer.clone().arrayBuffer(), { status, headers: answerHeaders });
  };
  return { fetch, sent };
}

/** A network failure as Node's `fetch` reports it. */
export function networkFailure(code: string): TypeError {
  return new TypeError('fetch failed', { cause: Object.assign(new Error(`${code} 192.0.2.1:443`), { code }) });
}

/** Waits until it is aborted, as a server that never answers lets `fetch` do. */
export function neverAnswers(request: Request): Promise<Response> {
  return new Promise((_resolve, reject) => {
    request.signal.addEventListener('abort', () => reject(request.signal.reason as Error), { once: true });
  });
}
