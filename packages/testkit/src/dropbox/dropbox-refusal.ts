/** A value of one of Dropbox's unions. */
export interface Tagged {
  readonly '.tag': string;
  readonly [name: string]: unknown;
}

/** An answer other than success. Thrown where the request turns out to be refused. */
export class DropboxRefusal extends Error {
  readonly status: number;
  /** Text is sent as it is. */
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}) {
    super(`${status} ${JSON.stringify(body)}`);
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

/** A union value with a union value inside, and so on: `tags('path', 'conflict', 'file')`. */
export function tags(first: string, ...rest: readonly string[]): Tagged {
  const [next, ...others] = rest;
  return next === undefined ? { '.tag': first } : { '.tag': first, [first]: tags(next, ...others) };
}

/** 409: the route's own error. */
export function routeError(error: Tagged): DropboxRefusal {
  return new DropboxRefusal(409, withSummary(error));
}

/** 401: the token is not good, or not good enough. */
export function authError(error: Tagged): DropboxRefusal {
  return new DropboxRefusal(401, withSummary(error));
}

/** 400: the request itself is malformed. Dropbox says so in plain text. */
export function badRequest(route: string, problem: string): DropboxRefusal {
  return new DropboxRefusal(400, `Error in call to API function "${route}": ${problem}`);
}

export function rateLimited(reason: 'too_many_requests' | 'too_many_write_operations', retryAfterSeconds: number): DropboxRefusal {
  const error = { reason: { '.tag': reason }, retry_after: retryAfterSeconds };
  return new DropboxRefusal(429, { error_summary: `${reason}/..`, error }, { 'retry-after': String(retryAfterSeconds) });
}

export function withSummary(error: Tagged): { readonly error_summary: string; readonly error: Tagged } {
  return { error_summary: `${summaryOf(error)}/..`, error };
}

function summaryOf(error: Tagged): string {
  const tag = error['.tag'];
  const inner = error[tag] ?? error.reason;
  return isTagged(inner) ? `${tag}/${summaryOf(inner)}` : tag;
}

function isTagged(value: unknown): value is Tagged {
  return typeof value === 'object' && value !== null && '.tag' in value;
}
