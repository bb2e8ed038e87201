import { type CommonEmulatorOptions, createEmulatorClock, type Emulator, startEmulator } from '../emulator/index.ts';
import { createApi, type DropboxExchange, type DropboxOrigin } from './api/create-api.ts';
import { type DropboxBehaviour, usualBehaviour } from './dropbox-behaviour.ts';
import { dropboxFaultReply } from './fault-reply.ts';
import { DropboxState } from './state/dropbox-state.ts';

export type DropboxBehaviourOptions = { readonly [Name in keyof DropboxBehaviour]?: DropboxBehaviour[Name] | undefined };

export interface DropboxEmulatorOptions extends CommonEmulatorOptions, DropboxBehaviourOptions {
  /** @default free ports */
  readonly ports?: Partial<Readonly<Record<DropboxOrigin, number>>> | undefined;
  /** Is shown every argument, result and error of a route, to compare them with Dropbox's own description. */
  readonly onExchange?: ((exchange: DropboxExchange) => void) | undefined;
}

/** A running emulator of Dropbox. `urls` are what the adapter's `baseUrls` takes. */
export interface DropboxEmulator extends Emulator<DropboxOrigin> {
  /** Files, sessions, templates, links and tokens of the account, and verbs for what people do to it. */
  readonly state: DropboxState;
  /** A good token. `state.app` gives others, and has app key, app secret and refresh token. */
  readonly accessToken: string;
}

/**
 * Starts an emulator of Dropbox's API: files, upload sessions, property templates with a search that lags, shared links, and a token endpoint.
 * `DropboxBehaviour` lists what can be set. The in-process `fetch` also answers for Dropbox's own addresses.
 */
export async function startDropboxEmulator(options: DropboxEmulatorOptions = {}): Promise<DropboxEmulator> {
  const { clock = createEmulatorClock(), onExchange = () => undefined } = options;
  const behaviour = behaviourOf(options);
  const state = new DropboxState(clock, behaviour);
  const handler = createApi({ state, behaviour, clock, onExchange });
  const emulator = await startEmulator<DropboxOrigin>({
    origins: { api: handler, content: handler },
    clock,
    listen: options.listen,
    ports: options.ports,
    aliases: { api: ['https://api.dropboxapi.com'], content: ['https://content.dropboxapi.com'] },
    faultReply: dropboxFaultReply,
    cleanUp: () => state.cleanUp(),
  });
  return { ...emulator, state, accessToken: state.app.issueToken() };
}

function behaviourOf(options: DropboxBehaviourOptions): DropboxBehaviour {
  const names = Object.keys(usualBehaviour) as (keyof DropboxBehaviour)[];
  return Object.fromEntries(names.map((name) => [name, options[name] ?? usualBehaviour[name]])) as unknown as DropboxBehaviour;
}
