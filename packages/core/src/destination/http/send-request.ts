import { ArchiveError } from '../../errors/archive-error.ts';
import type { AccessToken } from './access-token.ts';
import { exchange, type ReadAnswer } from './exchange.ts';
import { FailedTry } from './failed-try.ts';
import { outgoingHeaders } from './outgoing-headers.ts';
import { checkCredentialHost, outgoingUrl } from './outgoing-url.ts';
import type { RequesterContext } from './requester-context.ts';
import type { DestinationRequest } from './requester-types.ts';

export interface SendOptions<Answer> {
  readonly maxRedirects: number;
  readonly read: ReadAnswer<Answer>;
  /** Whether another token may mend this 401. */
  readonly isRefreshable: (answer: Answer) => boolean;
}

interface AnswerWithStatus {
  readonly status: number;
}

/** Sends a request once, with a token where it wants one, and once more with a fresh token when the first was refused. */
export async function sendRequest<Answer extends AnswerWithStatus>(
  request: DestinationRequest,
  context: RequesterContext,
  options: SendOptions<Answer>,
): Promise<Answer> {
  const { provider, tokenSource, credentialHosts } = context;
  const { signal } = request;
  const url = outgoingUrl(request, provider);
  const send = (token: AccessToken | undefined) => sendWith(token, { request, context, url, ...options });
  if (request.auth === false) return send(undefined);

  if (tokenSource === undefined) throw new TypeError(`${provider}: a request with a token needs the requester's "tokenSource".`);
  checkCredentialHost(url, { provider, hosts: credentialHosts });
  const token = await tokenForTry(tokenSource.get({ signal }));
  const answer = await send(token);
  if (answer.status !== 401 || !options.isRefreshable(answer)) return answer;
  return send(await tokenForTry(tokenSource.refreshAfter(token, { signal })));
}

interface OneSend<Answer> extends SendOptions<Answer> {
  readonly request: DestinationRequest;
  readonly context: RequesterContext;
  readonly url: URL;
}

async function sendWith<Answer extends AnswerWithStatus>(token: AccessToken | undefined, send: OneSend<Answer>): Promise<Answer> {
  const { request, context, url, maxRedirects, read } = send;
  const { provider, fetch, timeoutMs, userAgent, clock, emit } = context;
  const { operation, method, body, signal } = request;
  const headers = outgoingHeaders(request, { provider, token, userAgent });
  const startedAt = clock.now();
  const expectsRedirect = request.expect.some((expectation) =>
    isRedirect(typeof expectation === 'number' ? expectation : expectation.status),
  );
  const outgoing = { provider, operation, method, url, headers, body, maxRedirects, expectsRedirect, fetch, timeoutMs, signal };
  const answer = await exchange(outgoing, read);
  const durationMs = clock.now() - startedAt;
  emit({ type: 'request.answered', operation, method, host: url.host, status: answer.status, durationMs });
  return answer;
}

/** A token that cannot be got now is a failed try like any other, one that certainly had no effect. */
async function tokenForTry(token: Promise<AccessToken>): Promise<AccessToken> {
  try {
    return await token;
  } catch (error) {
    if (!ArchiveError.isInstance(error) || error.recovery !== 'retry') throw error;
    throw new FailedTry({ error, isRepeatable: true, effect: 'none', pauses: 'request' });
  }
}

function isRedirect(status: number): boolean {
  return status >= 300 && status < 400;
}
