import { type CommonEmulatorOptions, createEmulatorClock, type Emulator, startEmulator } from '../emulator/index.ts';
import { createApi } from './api/create-api.ts';
import { UploadSessions } from './api/upload-sessions.ts';
import { DriveDescription } from './check-description.ts';
import { type DriveBehaviour, defaultBehaviour } from './drive-behaviour.ts';
import { driveFaultReply } from './fault-reply.ts';
import { createOAuth } from './oauth.ts';
import { DriveAccounts, driveScope, type RefreshableClient, type ServiceAccountKey } from './state/drive-accounts.ts';
import { DriveState } from './state/drive-state.ts';

/** The API with its uploads, and the token endpoint. */
export type GoogleDriveOrigin = 'api' | 'oauth';

export type DriveBehaviourOptions = { readonly [Name in keyof DriveBehaviour]?: DriveBehaviour[Name] | undefined };

export interface GoogleDriveEmulatorOptions extends CommonEmulatorOptions, DriveBehaviourOptions {
  /** The user who owns the folder. @default 'archivist@example.com' */
  readonly account?: string | undefined;
  /** The Cloud project whose token `accessToken` is. @default 'archive-project' */
  readonly projectId?: string | undefined;
  /** @default free ports */
  readonly ports?: Partial<Readonly<Record<GoogleDriveOrigin, number>>> | undefined;
  /** The addresses of Google that the in-process `fetch` stands in for. @default www.googleapis.com and oauth2.googleapis.com */
  readonly aliases?: Partial<Readonly<Record<GoogleDriveOrigin, readonly string[]>>> | undefined;
}

/** A running emulator of Google Drive. */
export interface GoogleDriveEmulator extends Emulator<GoogleDriveOrigin> {
  readonly state: DriveState;
  readonly accounts: DriveAccounts;
  readonly account: string;
  readonly projectId: string;
  /** A token of `account` that never ends. */
  readonly accessToken: string;
  /** An empty folder in the My Drive of `account`. */
  readonly folderId: string;
  /** Where service accounts and refresh tokens are exchanged for access tokens. */
  readonly tokenUrl: string;
  /** Makes a service account and its key. */
  createServiceAccount(name?: string): ServiceAccountKey;
  /** Lets `account` consent to an application, and answers what that application then holds. */
  createRefreshToken(client?: Partial<RefreshableClient>): RefreshableClient & { readonly refreshToken: string };
  /** Where requests or answers were not as Google describes its API; empty without the option `description`. */
  readonly violations: readonly string[];
  /** Ends every upload session. */
  expireUploads(): Promise<void>;
}

const defaultAliases = { api: ['https://www.googleapis.com'], oauth: ['https://oauth2.googleapis.com'] };

/**
 * Starts an emulator of Google Drive: files and folders by id, multipart and resumable uploads, searches that lag behind, shared drives,
 * roles, scopes, service accounts. `DriveBehaviour` lists what can be set otherwise.
 */
export async function startGoogleDriveEmulator(options: GoogleDriveEmulatorOptions = {}): Promise<GoogleDriveEmulator> {
  const { account = 'archivist@example.com', projectId = 'archive-project', clock = createEmulatorClock() } = options;
  const behaviour = behaviourOf(options);
  const state = new DriveState({ clock, searchLagMs: behaviour.searchLagMs });
  const accounts = new DriveAccounts({ clock, tokenLifetimeMs: behaviour.tokenLifetimeMs });
  const sessions = new UploadSessions(clock);
  const description = behaviour.description === undefined ? undefined : new DriveDescription(behaviour.description);
  const scopes = [driveScope];
  const folderId = state.create({ name: 'Contracts', parentId: state.rootOf(account).id, projectId, account }).id;

  const emulator = await startEmulator<GoogleDriveOrigin>({
    origins: { api: createApi({ state, accounts, sessions, behaviour, clock, description }), oauth: createOAuth(accounts) },
    clock,
    listen: options.listen,
    ports: options.ports,
    aliases: options.aliases ?? defaultAliases,
    faultReply: driveFaultReply,
    cleanUp: async () => {
      await sessions.expire();
      await state.clear();
    },
  });
  const tokenUrl = `${emulator.urls.oauth}/token`;
  return {
    ...emulator,
    url: emulator.url,
    state,
    accounts,
    account,
    projectId,
    accessToken: accounts.issueToken({ account, projectId, scopes }, { isEndless: true, token: 'emulator-token' }),
    folderId,
    tokenUrl,
    violations: description?.violations ?? [],
    createServiceAccount: (name = 'archiver') => accounts.addServiceAccount({ name, projectId, tokenUrl }),
    createRefreshToken(client = {}) {
      const whole = { clientId: 'emulator-client-id', clientSecret: 'emulator-client-secret', account, projectId, scopes, ...client };
      return { ...whole, refreshToken: accounts.addRefreshToken(whole) };
    },
    expireUploads: () => sessions.expire(),
  };
}

function behaviourOf(options: DriveBehaviourOptions): DriveBehaviour {
  const names = Object.keys(defaultBehaviour) as (keyof DriveBehaviour)[];
  return Object.fromEntries(names.map((name) => [name, options[name] ?? defaultBehaviour[name]])) as unknown as DriveBehaviour;
}
