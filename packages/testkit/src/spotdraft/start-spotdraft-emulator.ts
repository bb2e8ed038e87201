import { type CommonEmulatorOptions, createEmulatorClock, type Emulator, type RecordedRequest, startEmulator } from '../emulator/index.ts';
import { testWebhookKey } from '../fixtures/signed-webhook.ts';
import { createApi } from './api/create-api.ts';
import { SignedLinks } from './documents/signed-links.ts';
import { spotDraftFaultReply } from './fault-reply.ts';
import { type SpotDraftBehaviour, strictBehaviour } from './spotdraft-behaviour.ts';
import { WebhookDeliveries } from './webhooks/webhook-deliveries.ts';
import { Workspace } from './workspace/workspace.ts';

/** The API, and the file storage that its download links lead to. */
export type SpotDraftOrigin = 'api' | 'storage';

export interface SpotDraftEmulatorOptions extends CommonEmulatorOptions, SpotDraftBehaviourOptions {
  /** @default 'emulator-client-id' */
  readonly clientId?: string | undefined;
  /** @default 'emulator-client-secret' */
  readonly clientSecret?: string | undefined;
  /** Signs webhook calls; base64. @default testWebhookKey */
  readonly hmacKey?: string | undefined;
  /** @default 1 */
  readonly workspaceId?: number | undefined;
  /** @default free ports */
  readonly ports?: Partial<Readonly<Record<SpotDraftOrigin, number>>> | undefined;
  /** The addresses of SpotDraft that the in-process `fetch` stands in for, such as `https://api.eu.spotdraft.com`. @default none */
  readonly aliases?: Partial<Readonly<Record<SpotDraftOrigin, readonly string[]>>> | undefined;
  /** Carries webhook calls to their receivers. @default the global fetch */
  readonly webhookFetch?: typeof fetch | undefined;
}

export type SpotDraftBehaviourOptions = { readonly [Name in keyof SpotDraftBehaviour]?: SpotDraftBehaviour[Name] | undefined };

/** A running emulator of SpotDraft. */
export interface SpotDraftEmulator extends Emulator<SpotDraftOrigin> {
  readonly clientId: string;
  readonly clientSecret: string;
  /** The contracts, and verbs for what happens to them. */
  readonly state: Workspace;
  /** Webhook calls: what was sent, and ways to disturb it. */
  readonly deliveries: WebhookDeliveries;
  /** Requests that carried SpotDraft's credentials to another host than the API's. There should never be one. */
  leakedCredentials(): readonly RecordedRequest[];
}

const credentialHeaders = ['client-id', 'client-secret', 'user-email'];

/**
 * Starts an emulator of SpotDraft's public API: contracts with their life cycle, documents behind expiring links on a second origin, and
 * signed webhooks. It is as strict as the documentation allows; `SpotDraftBehaviour` lists what can be set otherwise.
 */
export async function startSpotDraftEmulator(options: SpotDraftEmulatorOptions = {}): Promise<SpotDraftEmulator> {
  const { clientId = 'emulator-client-id', clientSecret = 'emulator-client-secret', clock = createEmulatorClock() } = options;
  const behaviour = behaviourOf(options);
  const deliveries = new WebhookDeliveries({
    hmacKey: options.hmacKey ?? testWebhookKey,
    failureLimit: behaviour.webhookFailureLimit,
    timeoutMs: behaviour.webhookTimeoutMs,
    fetch: options.webhookFetch ?? fetch,
  });
  const workspace = new Workspace({
    clock,
    workspaceId: options.workspaceId ?? 1,
    importFiresExecuted: behaviour.importFiresExecuted,
    onActivity: (activity) => deliveries.announce(activity),
  });
  const links = new SignedLinks({ clock, lifetimeMs: behaviour.linkLifetimeMs, hasHashes: behaviour.hasStorageHashes });

  const emulator = await startEmulator<SpotDraftOrigin>({
    origins: {
      api: createApi({ workspace, deliveries, links, behaviour }, { clientId, clientSecret, clock }),
      storage: (request) => links.serve(request),
    },
    clock,
    listen: options.listen,
    ports: options.ports,
    aliases: options.aliases,
    credentialHeaders,
    faultReply: spotDraftFaultReply,
    cleanUp: () => deliveries.stop(),
  });
  return {
    ...emulator,
    clientId,
    clientSecret,
    state: workspace,
    deliveries,
    leakedCredentials: () => emulator.requests.list({ origin: 'storage', where: hasCredentials }),
  };
}

function hasCredentials({ headers }: RecordedRequest): boolean {
  return [...credentialHeaders, 'authorization'].some((name) => name in headers);
}

function behaviourOf(options: SpotDraftBehaviourOptions): SpotDraftBehaviour {
  const names = Object.keys(strictBehaviour) as (keyof SpotDraftBehaviour)[];
  return Object.fromEntries(names.map((name) => [name, options[name] ?? strictBehaviour[name]])) as unknown as SpotDraftBehaviour;
}
