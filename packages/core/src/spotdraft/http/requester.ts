import { z } from 'zod';
import { parseJson } from '../../destination/http/read-answer.ts';
import type { Recovery } from '../../errors/archive-error.ts';
import { SpotDraftError } from '../../errors/spotdraft-error.ts';
import type { ClientSettings } from '../client-options.ts';
import { answerError, type FailedAnswer } from './answer-error.ts';
import type { RequestLabel } from './request-label.ts';
import { sendRequest } from './send-request.ts';
import { wrongUrlError } from './wrong-url-error.ts';

/** What every method of the client takes. */
export interface RequestOptions {
  readonly signal?: AbortSignal | undefined;
}

/** One request to SpotDraft's API. */
export interface ApiRequest extends RequestOptions {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Below `/api/v2.1/public`, with exactly the slashes that SpotDraft documents. */
  readonly path: `/${string}`;
  readonly query?: URLSearchParams | undefined;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** False when a second request could do a second time what the first one did. @default true */
  readonly isRepeatable?: boolean | undefined;
}

/** The one thing through which the client talks to SpotDraft: paced, repeated where that is safe, with the credentials. */
export interface Requester {
  readonly settings: ClientSettings;
  /** Resolves with what `read` makes of the answer. What `read` finds missing becomes `spotdraft.unexpected_answer`. */
  json<Answer>(request: ApiRequest, read: (answer: unknown) => Answer): Promise<Answer>;
  /** Resolves as soon as the body begins. */
  stream(request: ApiRequest): Promise<Response>;
}

export function createRequester(settings: ClientSettings): Requester {
  const urlOf = ({ path }: ApiRequest): URL => new URL(`api/v2.1/public${path}`, settings.address.url);

  const send = (request: ApiRequest, answer: 'whole' | 'stream'): Promise<Response> => {
    const { method, body, signal, isRepeatable = true } = request;
    const url = urlOf(request);
    const path = url.pathname;
    if (request.query) url.search = request.query.toString();
    // Documents are labelled as JSON by some endpoints and as themselves by others; asking for either would refuse the other.
    const headers = { ...settings.credentials, accept: answer === 'stream' ? '*/*' : 'application/json', ...identityFor(answer) };
    const toError = (failed: FailedAnswer, label: RequestLabel) =>
      failed.status >= 300 && failed.status < 400 ? wrongUrlError({ ...failed, url }, label) : answerError(failed, label);
    const { pace } = settings;
    return sendRequest({ url, method, headers, body, path, answer, isRepeatable, pace, toError, signal }, settings);
  };
  return {
    settings,
    stream: (request) => send(request, 'stream'),
    async json(request, read) {
      const response = await send(request, 'whole');
      const { method } = request;
      return readJson(await response.text(), { read, method, path: urlOf(request).pathname, status: response.status });
    },
  };
}

/** Compressed on the way, a document's length and checksums would be those of other bytes. */
export function identityFor(answer: 'whole' | 'stream'): Readonly<Record<string, string>> {
  return answer === 'stream' ? { 'accept-encoding': 'identity' } : {};
}

interface JsonAnswer {
  readonly method: string;
  readonly path: string;
  readonly status: number;
}

interface ReadJsonOptions<Answer> extends JsonAnswer {
  readonly read: (answer: unknown) => Answer;
}

function readJson<Answer>(text: string, { read, ...about }: ReadJsonOptions<Answer>): Answer {
  const answer = parseJson(text);
  if (answer === undefined && text !== '') throw unexpected({ ...about, problem: 'no JSON', recovery: 'retry' });
  try {
    return read(answer);
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    const fields = error.issues.slice(0, 5).map((issue) => `${issue.path.join('.')}: ${issue.code}`);
    throw unexpected({ ...about, problem: 'not of the documented form', recovery: 'operator', fields });
  }
}

interface Unexpected extends JsonAnswer {
  readonly problem: string;
  readonly recovery: Recovery;
  /** Names of fields and what is wrong with them; no values. */
  readonly fields?: readonly string[] | undefined;
}

function unexpected({ method, path, status, problem, recovery, fields = [] }: Unexpected): SpotDraftError {
  return new SpotDraftError(`SpotDraft's answer to ${method} ${path} is ${problem}.`, {
    code: 'spotdraft.unexpected_answer',
    recovery,
    hint: 'A proxy may answer in its place, or SpotDraft changed its interface. Look for a newer version of this package.',
    status,
    method,
    path,
    details: { fields },
  });
}
