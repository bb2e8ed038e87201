import { type CommonEmulatorOptions, createEmulatorClock, type Emulator, startEmulator } from '../emulator/index.ts';
import { createDownloads, createGraphApi, createUploads } from './api/create-api.ts';
import { GraphDescription } from './check-description.ts';
import { graphFaultReply } from './fault-reply.ts';
import { defaultBehaviour, type GraphBehaviour } from './graph-behaviour.ts';
import { createLogin } from './login.ts';
import { Directory, type EmulatedApp } from './state/directory.ts';
import type { EmulatedDrive } from './state/emulated-drive.ts';
import { type EmulatedSite, GraphState } from './state/graph-state.ts';

/** The API, the token endpoint, and the hosts of upload sessions and of file contents. */
export type MicrosoftGraphOrigin = 'graph' | 'login' | 'uploads' | 'downloads';

export interface MicrosoftGraphEmulatorOptions extends CommonEmulatorOptions {
  readonly behaviour?: Partial<GraphBehaviour> | undefined;
  /** Microsoft's description of Graph (OpenAPI), parsed: the bodies of requests and answers are compared with it. */
  readonly description?: unknown;
  /** Address of the site that is there from the start. @default 'https://contoso.sharepoint.com/sites/legal' */
  readonly siteUrl?: string | undefined;
  /** @default free ports */
  readonly ports?: Partial<Readonly<Record<MicrosoftGraphOrigin, number>>> | undefined;
}

/** A running emulator of Microsoft Graph. */
export interface MicrosoftGraphEmulator extends Emulator<MicrosoftGraphOrigin> {
  readonly state: GraphState;
  readonly directory: Directory;
  /** May be changed while the emulator runs. */
  readonly behaviour: GraphBehaviour;
  /** What to pass as `cloud` to `sharePoint` and `oneDrive`. */
  readonly cloud: { readonly graphUrl: string; readonly loginUrl: string };
  /** Where requests or answers were not as Microsoft describes them; empty without the option `description`. */
  readonly violations: readonly string[];
  readonly tenantId: string;
  /** An app with a secret that may do everything in the tenant. */
  readonly app: EmulatedApp & { readonly clientSecret: string };
  /** A token of `app` that never ends. */
  readonly accessToken: string;
  readonly siteUrl: string;
  readonly site: EmulatedSite;
  /** The library `Contracts` of the site. */
  readonly library: EmulatedDrive;
  /** The drive of a work account, and a token of its user. */
  readonly work: { readonly user: string; readonly drive: EmulatedDrive; readonly accessToken: string };
  /** The drive of a personal account, and a token of its user. */
  readonly personal: { readonly user: string; readonly drive: EmulatedDrive; readonly accessToken: string };
  /** Lets the user of the personal drive sign in to an app, and answers what the app then holds. */
  createRefreshToken(): { readonly clientId: string; readonly refreshToken: string };
  /** Ends every upload session. */
  expireUploads(): Promise<void>;
}

const tenantId = '11111111-2222-3333-4444-555555555555';
const aliases = { graph: ['https://graph.microsoft.com'], login: ['https://login.microsoftonline.com'] };
const endless = (token: string): { readonly token: string; readonly isEndless: boolean } => ({ token, isEndless: true });
const userScopes = ['Files.ReadWrite', 'offline_access'];

/**
 * Starts an emulator of Microsoft Graph: sites, libraries with columns, drives of work and personal accounts, content and upload sessions by path,
 * tokens, throttling. `behaviour` lists what can be set otherwise.
 */
export async function startMicrosoftGraphEmulator(options: MicrosoftGraphEmulatorOptions = {}): Promise<MicrosoftGraphEmulator> {
  const { clock = createEmulatorClock(), siteUrl = 'https://contoso.sharepoint.com/sites/legal', listen, ports } = options;
  const behaviour: GraphBehaviour = { ...defaultBehaviour, ...options.behaviour };
  const state = new GraphState(clock);
  const directory = new Directory(clock, behaviour);
  const site = state.addSite(siteUrl);
  const library = state.addLibrary(site, 'Contracts');
  const secret = { clientSecret: 'emulator-client-secret' };
  const app = { ...directory.addApp({ tenantId, ...secret }), ...secret };
  const consumerApp = directory.addApp({ tenantId: 'consumers', permissions: [] });

  const work = 'archive@contoso.example';
  const personal = 'someone@outlook.example';
  const workDrive = state.addWorkDrive(work);
  const personalDrive = state.addPersonalDrive(personal);

  const description = options.description === undefined ? undefined : new GraphDescription(options.description);
  const api = { state, directory, behaviour, description };
  const emulator = await startEmulator<MicrosoftGraphOrigin>({
    origins: {
      graph: createGraphApi(api),
      login: createLogin(api),
      uploads: createUploads(api),
      downloads: createDownloads(api),
    },
    clock,
    listen,
    ports,
    aliases,
    faultReply: graphFaultReply,
    cleanUp: () => state.clear(),
  });
  return {
    ...emulator,
    url: emulator.url,
    state,
    directory,
    behaviour,
    get violations() {
      return description?.violations ?? [];
    },
    cloud: { graphUrl: emulator.urls.graph, loginUrl: emulator.urls.login },
    tenantId,
    app,
    accessToken: directory.issueToken({ app, scopes: app.permissions }, endless('emulator-token')),
    siteUrl,
    site,
    library,
    work: {
      user: work,
      drive: workDrive,
      accessToken: directory.issueToken({ app, user: work, scopes: userScopes }, endless('emulator-work-token')),
    },
    personal: {
      user: personal,
      drive: personalDrive,
      accessToken: directory.issueToken({ app: consumerApp, user: personal, scopes: userScopes }, endless('emulator-personal-token')),
    },
    createRefreshToken() {
      const caller = { app: consumerApp, user: personal, scopes: userScopes };
      return { clientId: consumerApp.clientId, refreshToken: directory.issueRefreshToken(caller) };
    },
    expireUploads: () => state.sessions.expire(),
  };
}
