import { ConnectionCut } from './connection-cut.ts';
import { createEmulatorClock, type EmulatorClock } from './emulator-clock.ts';
import type { EmulatorHandler, FaultReply } from './emulator-handler.ts';
import { FaultPlan } from './fault-plan.ts';
import { createInProcessFetch } from './in-process-fetch.ts';
import { type LoopbackServer, startLoopbackServer } from './loopback-server.ts';
import { exchangeRequest } from './request-exchange.ts';
import { type RequestHook, RequestHooks } from './request-hooks.ts';
import { RequestLog } from './request-log.ts';

/** Options that every emulator takes. */
export interface CommonEmulatorOptions {
  /** @default a clock that follows the machine's time and can be advanced */
  readonly clock?: EmulatorClock | undefined;
  /** False: no server, only the in-process `fetch`; the addresses then lead nowhere. @default true */
  readonly listen?: boolean | undefined;
}

export interface EmulatorOptions<Origin extends string> extends CommonEmulatorOptions {
  /** One handler for each origin. The first is the one that `url` names. */
  readonly origins: Readonly<Record<Origin, EmulatorHandler<Origin>>>;
  /** Fixed ports. @default free ones */
  readonly ports?: Partial<Readonly<Record<Origin, number>>> | undefined;
  /** The provider's public addresses, such as `https://api.example.com`, under which the in-process `fetch` also reaches an origin. */
  readonly aliases?: Partial<Readonly<Record<Origin, readonly string[]>>> | undefined;
  /** Further headers, in lower case, whose values the log must not keep. @default ['authorization', 'cookie'] and these */
  readonly credentialHeaders?: readonly string[] | undefined;
  /** @default an empty body */
  readonly faultReply?: FaultReply | undefined;
  /** Called once when the emulator stops, after the last connection is gone. */
  readonly cleanUp?: (() => Promise<void>) | undefined;
}

/** A running emulator of some provider. */
export interface Emulator<Origin extends string = string> {
  /** Base address of the first origin, such as `http://127.0.0.1:41234`. */
  readonly url: string;
  /** Base addresses of all origins. */
  readonly urls: Readonly<Record<Origin, string>>;
  /** Reaches all origins without a socket, with the same code behind it. */
  readonly fetch: typeof fetch;
  readonly clock: EmulatorClock;
  readonly requests: RequestLog;
  readonly faults: FaultPlan;
  /** Sets a hook that is called, and waited for, before and after the effect of each request. Answers how to remove it. */
  onRequest(hook: RequestHook): () => void;
  /** Destroys every connection, ends everything that hangs and gives the ports back. May be called twice. */
  readonly stop: () => Promise<void>;
}

/** Starts an emulator: one loopback server for each origin, and an in-process `fetch` to the same handlers. */
export async function startEmulator<Origin extends string>(options: EmulatorOptions<Origin>): Promise<Emulator<Origin>> {
  const { listen = true, clock = createEmulatorClock() } = options;
  const names = Object.keys(options.origins) as Origin[];
  const urls = {} as Record<Origin, string>;
  const servers: LoopbackServer[] = [];
  const stopping = new AbortController();
  let hasCleanedUp = false;
  const exchange = {
    handlers: options.origins,
    urls,
    clock,
    requests: new RequestLog(),
    faults: new FaultPlan(),
    hooks: new RequestHooks(),
    stopping: stopping.signal,
    credentialHeaders: ['authorization', 'cookie', ...(options.credentialHeaders ?? [])],
    faultReply: options.faultReply ?? (() => ({})),
  };

  const stop = async (): Promise<void> => {
    stopping.abort(new ConnectionCut('the emulator was stopped'));
    await Promise.all(servers.splice(0).map((server) => server.stop()));
    if (!hasCleanedUp) await options.cleanUp?.();
    hasCleanedUp = true;
  };

  try {
    for (const name of names) {
      urls[name] = `http://${name}.emulator.invalid`;
      if (!listen) continue;
      const handle = (request: Request): Promise<Response> => exchangeRequest(request, name, exchange);
      const server = await startLoopbackServer({ port: options.ports?.[name], handle });
      servers.push(server);
      urls[name] = server.url;
    }
  } catch (error) {
    await stop();
    throw error;
  }

  const originOf = (request: Request): Origin => {
    const { origin } = new URL(request.url);
    const found = names.find((name) => urls[name] === origin || options.aliases?.[name]?.includes(origin));
    if (found === undefined) throw new ConnectionCut(`no origin of this emulator is at ${origin}`);
    return found;
  };

  return {
    get url() {
      return urls[names[0] as Origin];
    },
    urls,
    fetch: createInProcessFetch(async (request) => exchangeRequest(request, originOf(request), exchange)),
    clock,
    requests: exchange.requests,
    faults: exchange.faults,
    onRequest: (hook) => exchange.hooks.add(hook),
    stop,
  };
}
