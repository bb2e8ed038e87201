import type { RecordedRequest } from './recorded-request.ts';

/** Chooses requests; what is left out matches everything. */
export interface RequestMatcher {
  /** Name of the origin, such as `api` or `storage`. */
  readonly origin?: string | undefined;
  readonly method?: string | undefined;
  /** The whole path, or a pattern searched for in it. Query excluded. */
  readonly path?: string | RegExp | undefined;
  readonly where?: ((request: RecordedRequest) => boolean) | undefined;
}

/** Tells whether a request is one of those that a matcher chooses. */
export function matchesRequest(request: RecordedRequest, { origin, method, path, where }: RequestMatcher): boolean {
  if (origin !== undefined && origin !== request.origin) return false;
  if (method !== undefined && method.toUpperCase() !== request.method) return false;
  if (typeof path === 'string' && path !== request.path) return false;
  if (path instanceof RegExp && request.path.search(path) === -1) return false;
  return where === undefined || where(request);
}
