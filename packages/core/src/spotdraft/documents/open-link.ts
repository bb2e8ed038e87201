import { isSecure } from '../../destination/http/base-url.ts';
import { readRetryAfter } from '../../destination/http/retry-after.ts';
import type { Recovery } from '../../errors/archive-error.ts';
import { SpotDraftError, type SpotDraftErrorCode } from '../../errors/spotdraft-error.ts';
import type { FailedAnswer } from '../http/answer-error.ts';
import { identityFor, type Requester, type RequestOptions } from '../http/requester.ts';
import { sendRequest } from '../http/send-request.ts';
import { type OpenedDocument, openedDocument } from '../opened-document.ts';
import type { DownloadLink } from './download-link.ts';

const mostRedirects = 3;

/**
 * Reads the document under a download link, without any credential.
 *
 * Rejects with `spotdraft.link_expired` (recovery `retry`: ask for a new link) when the file storage does not accept the link any more. No error
 * holds the link or a part of it.
 */
export async function openLink(
  requester: Requester,
  { url }: Pick<DownloadLink, 'url'>,
  { signal }: RequestOptions = {},
): Promise<OpenedDocument> {
  const { settings } = requester;
  let target = safeTarget(url, settings.address.url);
  for (let redirects = 0; redirects <= mostRedirects; redirects += 1) {
    const headers = { accept: '*/*', ...identityFor('stream') };
    const request = {
      url: target,
      method: 'GET',
      headers,
      path: undefined,
      answer: 'stream',
      isRepeatable: true,
      acceptsRedirect: true,
    } as const;
    const response = await sendRequest({ ...request, toError: linkError, signal }, settings);
    if (response.ok) return openedDocument(response);
    target = safeTarget(response.headers.get('location') ?? '', settings.address.url, target);
  }
  throw unsafe('leads from one address to another without end');
}

/** Plain http is for a test system on this machine: a link from the internet must not make us ask anything here. */
function safeTarget(link: string, apiUrl: URL, base?: URL): URL {
  if (!URL.canParse(link, base?.href)) throw unsafe('is no address');
  const target = new URL(link, base);
  if (!isSecure(target) || (target.protocol === 'http:' && apiUrl.protocol !== 'http:')) throw unsafe('does not lead to an https address');
  return target;
}

function unsafe(problem: string): SpotDraftError {
  return new SpotDraftError(`A download link ${problem}.`, {
    code: 'spotdraft.unexpected_answer',
    recovery: 'operator',
    hint: 'Something between here and SpotDraft may have changed it. Look at proxies.',
  });
}

interface LinkRow {
  readonly code: SpotDraftErrorCode;
  readonly recovery: Recovery;
  readonly hint: string;
}

const expired: LinkRow = {
  code: 'spotdraft.link_expired',
  recovery: 'retry',
  hint: 'Links work for a short time. Ask for a new one with contracts.downloadLink and open it at once.',
};

const rows: Readonly<Record<number, LinkRow>> = {
  400: expired,
  401: expired,
  403: expired,
  404: expired,
  410: expired,
  429: { code: 'spotdraft.rate_limited', recovery: 'retry', hint: 'The file storage wants fewer requests. Try again later.' },
};

const unavailable: LinkRow = { code: 'spotdraft.unavailable', recovery: 'retry', hint: 'The file storage has a problem. Try again later.' };
const unexpected: LinkRow = {
  code: 'spotdraft.unexpected_answer',
  recovery: 'operator',
  hint: 'Something between here and the file storage may answer in its place. Look at proxies.',
};

/** The body of such an answer may repeat the link, so nothing of it is kept. */
function linkError(
  { status, headers }: FailedAnswer,
  { host, attempt }: { readonly host: string; readonly attempt: number },
): SpotDraftError {
  const { code, recovery, hint } = rows[status] ?? (status >= 500 ? unavailable : unexpected);
  return new SpotDraftError(`SpotDraft's file storage answered ${status} to a download link.`, {
    code,
    recovery,
    hint,
    status,
    method: 'GET',
    retryAfterMs: readRetryAfter(headers, Date.now()),
    details: { host, attempts: attempt },
  });
}
