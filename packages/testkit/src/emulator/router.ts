/** What a route's handler is given. */
export interface RoutedRequest<Context> {
  readonly request: Request;
  readonly url: URL;
  /** Decoded values of the `:names` in the route's path, or of the named groups of its pattern. */
  readonly params: Readonly<Record<string, string>>;
  readonly context: Context;
}

export type RouteHandler<Context> = (routed: RoutedRequest<Context>) => Response | Promise<Response>;

export interface RouteMatch<Context> {
  readonly handler: RouteHandler<Context>;
  readonly params: Readonly<Record<string, string>>;
}

interface Route<Context> {
  readonly method: string;
  readonly pattern: RegExp;
  readonly handler: RouteHandler<Context>;
}

/**
 * Finds handlers by method and exact path: a slash too many or too few is another path, as it is for the real providers. The first route that
 * fits wins.
 */
export class Router<Context> {
  readonly #routes: Route<Context>[] = [];

  /**
   * Adds a route. In a path, `:name` stands for one segment and a last `*name` for everything that follows; a regular expression is matched
   * against the whole encoded path.
   */
  on(method: string, path: string | RegExp, handler: RouteHandler<Context>): this {
    this.#routes.push({ method, pattern: toPattern(path), handler });
    return this;
  }

  match(method: string, path: string): RouteMatch<Context> | undefined {
    for (const { method: routeMethod, pattern, handler } of this.#routes) {
      const found = routeMethod === method ? pattern.exec(path) : null;
      if (found !== null) return { handler, params: decodeGroups(found.groups ?? {}) };
    }
    return undefined;
  }

  /** Lets the matching route answer; `undefined` when there is none, so that the caller can send its provider's own 404. */
  async handle(request: Request, context: Context): Promise<Response | undefined> {
    const url = new URL(request.url);
    const match = this.match(request.method, url.pathname);
    return match?.handler({ request, url, params: match.params, context });
  }
}

function toPattern(path: string | RegExp): RegExp {
  if (path instanceof RegExp) return new RegExp(`^(?:${path.source})$`, path.flags);
  const source = path
    .replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`)
    .replace(/\*(\w+)$/, '(?<$1>.*)')
    .replaceAll(/:(\w+)/g, '(?<$1>[^/]+)');
  return new RegExp(`^${source}$`);
}

function decodeGroups(groups: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> {
  const params: Record<string, string> = {};
  for (const [name, value] of Object.entries(groups)) {
    if (value !== undefined) params[name] = decode(value);
  }
  return params;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
