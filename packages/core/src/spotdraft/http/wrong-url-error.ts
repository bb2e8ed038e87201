import { SpotDraftError } from '../../errors/spotdraft-error.ts';
import { nameOf, type RequestLabel } from './request-label.ts';

export interface RedirectAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** The address that was asked. */
  readonly url: URL;
}

/**
 * SpotDraft redirects a request only when its URL is wrong. Following would turn a POST into a GET, and could carry credentials elsewhere.
 *
 * https://api.spotdraft.com/api/docs/ (Redirects)
 */
export function wrongUrlError({ status, headers, url }: RedirectAnswer, label: RequestLabel): SpotDraftError {
  return new SpotDraftError(`SpotDraft redirects ${nameOf(label)}: the URL is wrong.`, {
    code: 'spotdraft.wrong_url',
    recovery: 'operator',
    hint: remedy(headers.get('location'), url),
    status,
    method: label.method,
    path: label.path,
    details: { attempts: label.attempt },
  });
}

function remedy(location: string | null, url: URL): string {
  const target = location !== null && URL.canParse(location, url.href) ? new URL(location, url) : undefined;
  if (target?.protocol === 'https:' && url.protocol === 'http:') return 'Write "baseUrl" with https:// (SPOTDRAFT_BASE_URL).';
  if (target && target.host === url.host && target.pathname !== url.pathname && withoutSlash(target) === withoutSlash(url)) {
    const wanted = target.pathname.endsWith('/') ? 'with' : 'without';
    return `The path is wanted ${wanted} a slash at its end. Look for a proxy that rewrites paths, or for a newer version of this package.`;
  }
  return 'Look at "region" or "baseUrl" (SPOTDRAFT_BASE_URL): it must be https, the host of your region, and nothing may add or drop the slash at the end of a path.';
}

function withoutSlash({ pathname }: URL): string {
  return pathname.replace(/\/$/, '');
}
