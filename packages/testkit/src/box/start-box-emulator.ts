import { type CommonEmulatorOptions, createEmulatorClock, type Emulator, startEmulator } from '../emulator/index.ts';
import type { BoxExchange, BoxOrigin } from './api/box-call.ts';
import { createBoxHandlers } from './api/create-box-handlers.ts';
import { emulatorToken } from './box-accounts.ts';
import { type BoxBehaviour, strictBehaviour } from './box-behaviour.ts';
import { BoxEnterprise } from './box-enterprise.ts';
import { boxFaultReply } from './fault-reply.ts';

export type BoxBehaviourOptions = { readonly [Name in keyof BoxBehaviour]?: BoxBehaviour[Name] | undefined };

export interface BoxEmulatorOptions extends CommonEmulatorOptions, BoxBehaviourOptions {
  /** @default 'emulator-client-id' */
  readonly clientId?: string | undefined;
  /** @default 'emulator-client-secret' */
  readonly clientSecret?: string | undefined;
  /** @default '4711' */
  readonly enterpriseId?: string | undefined;
  /** Told of every request that was answered: for comparing them with Box's own description. */
  readonly onExchange?: ((exchange: BoxExchange) => void) | undefined;
  /** @default free ports */
  readonly ports?: Partial<Readonly<Record<BoxOrigin, number>>> | undefined;
}

/** A running emulator of Box. */
export interface BoxEmulator extends Emulator<BoxOrigin> {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly enterpriseId: string;
  /** Good from the start, and never ends. */
  readonly accessToken: string;
  /** A folder below the root, to archive into. */
  readonly folderId: string;
  /** What is stored, and verbs for what people do to it. */
  readonly state: BoxEnterprise;
  /** Can be changed while the emulator runs. */
  readonly behaviour: BoxBehaviour;
}

/**
 * Starts an emulator of the Box API: the API with its token endpoint, the upload host, and the storage that downloads are redirected to.
 *
 * It refuses what Box refuses, and keeps large files outside memory. `BoxBehaviour` lists what differs between enterprises.
 */
export async function startBoxEmulator(options: BoxEmulatorOptions = {}): Promise<BoxEmulator> {
  const {
    clientId = 'emulator-client-id',
    clientSecret = 'emulator-client-secret',
    enterpriseId = '4711',
    clock = createEmulatorClock(),
    onExchange = () => undefined,
  } = options;
  const behaviour = behaviourOf(options);
  const enterprise = new BoxEnterprise({ clock, behaviour, enterpriseId, clientId, clientSecret });
  const emulator = await startEmulator<BoxOrigin>({
    origins: createBoxHandlers({ enterprise, behaviour, onExchange }),
    clock,
    listen: options.listen,
    ports: options.ports,
    aliases: { api: ['https://api.box.com'], upload: ['https://upload.box.com'] },
    faultReply: boxFaultReply,
    cleanUp: () => enterprise.remove(),
  });
  return {
    ...emulator,
    clientId,
    clientSecret,
    enterpriseId,
    accessToken: emulatorToken,
    folderId: enterprise.archiveFolderId,
    state: enterprise,
    behaviour,
  };
}

function behaviourOf(options: BoxBehaviourOptions): BoxBehaviour {
  const names = Object.keys(strictBehaviour) as (keyof BoxBehaviour)[];
  return Object.fromEntries(names.map((name) => [name, options[name] ?? strictBehaviour[name]])) as unknown as BoxBehaviour;
}
