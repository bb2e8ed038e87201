import { GraphRefusal } from '../graph-refusal.ts';

const windowMs = 60_000;

/**
 * Counts resource units of an app: one for a look at one item, two for lists and changes.
 *
 * https://learn.microsoft.com/sharepoint/dev/general-development/how-to-avoid-getting-throttled-or-blocked-in-sharepoint-online
 */
export class ResourceUnits {
  readonly #taken = new Map<string, { readonly at: number; readonly units: number }[]>();

  /** Throws 429 beyond the limit; refused requests count too. Answers the headers that appear near the limit. */
  take(
    app: string,
    { request, limit, now }: { readonly request: Request; readonly limit: number; readonly now: number },
  ): Record<string, string> {
    const recent = (this.#taken.get(app) ?? []).filter(({ at }) => at > now - windowMs);
    recent.push({ at: now, units: unitsOf(request) });
    this.#taken.set(app, recent);
    const used = recent.reduce((sum, { units }) => sum + units, 0);
    const reset = Math.ceil(((recent[0]?.at ?? now) + windowMs - now) / 1000);
    const headers = {
      'RateLimit-Limit': String(limit),
      'RateLimit-Remaining': String(Math.max(0, limit - used)),
      'RateLimit-Reset': String(reset),
    };
    if (used > limit) throw new GraphRefusal(429, 'activityLimitReached', { headers: { ...headers, 'Retry-After': String(reset) } });
    return used > limit * 0.8 ? headers : {};
  }
}

function unitsOf({ method, url }: Request): number {
  const { pathname } = new URL(url);
  if (pathname.includes('/permissions')) return 5;
  return method === 'GET' && !/\/(children|items|drives|columns)$/.test(pathname) ? 1 : 2;
}
