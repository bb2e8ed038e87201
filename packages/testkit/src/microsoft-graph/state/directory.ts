import { randomUUID } from 'node:crypto';
import type { EmulatorClock } from '../../emulator/index.ts';
import type { GraphBehaviour } from '../graph-behaviour.ts';

export type SiteRole = 'read' | 'write' | 'manage' | 'fullcontrol';

/** An application registered in Entra ID. */
export interface EmulatedApp {
  readonly clientId: string;
  readonly tenantId: string;
  readonly clientSecret?: string | undefined;
  /** PEM form. */
  readonly publicCertificate?: string | undefined;
  /** Application permissions, such as `Sites.ReadWrite.All` or `Sites.Selected`. */
  readonly permissions: readonly string[];
  /** Grants for `Sites.Selected`, by site id. */
  readonly siteRoles: Map<string, SiteRole>;
}

/** Who a token speaks for. */
export interface Caller {
  readonly app: EmulatedApp;
  /** Absent for an app that acts by itself. */
  readonly user?: string | undefined;
  readonly scopes: readonly string[];
}

interface IssuedToken {
  readonly caller: Caller;
  readonly expiresAt: number;
}

/** Apps, tokens and refresh tokens. */
export class Directory {
  readonly #apps = new Map<string, EmulatedApp>();
  readonly #tokens = new Map<string, IssuedToken>();
  readonly #refreshTokens = new Map<string, Caller>();
  readonly #clock: EmulatorClock;
  readonly #behaviour: GraphBehaviour;

  constructor(clock: EmulatorClock, behaviour: GraphBehaviour) {
    this.#clock = clock;
    this.#behaviour = behaviour;
  }

  addApp(app: Partial<EmulatedApp> & Pick<EmulatedApp, 'tenantId'>): EmulatedApp {
    const added = { clientId: randomUUID(), permissions: ['Sites.FullControl.All', 'Files.ReadWrite.All'], siteRoles: new Map(), ...app };
    this.#apps.set(added.clientId, added);
    return added;
  }

  app(clientId: string): EmulatedApp | undefined {
    return this.#apps.get(clientId);
  }

  issueToken(
    caller: Caller,
    { token = `token-${randomUUID()}`, isEndless = false }: { readonly token?: string; readonly isEndless?: boolean } = {},
  ): string {
    const expiresAt = isEndless ? Number.POSITIVE_INFINITY : this.#clock.now() + this.#behaviour.tokenLifetimeMs;
    this.#tokens.set(token, { caller, expiresAt });
    return token;
  }

  issueRefreshToken(caller: Caller): string {
    const token = `refresh-${randomUUID()}`;
    this.#refreshTokens.set(token, caller);
    return token;
  }

  /** Uses a refresh token up: the next one comes with the answer. */
  takeRefreshToken(token: string): Caller | undefined {
    const caller = this.#refreshTokens.get(token);
    this.#refreshTokens.delete(token);
    return caller;
  }

  callerOf(token: string): Caller | undefined {
    const issued = this.#tokens.get(token);
    return issued !== undefined && issued.expiresAt > this.#clock.now() ? issued.caller : undefined;
  }

  /** Ends every access token, as a password change or a revoked session does. */
  revokeTokens(): void {
    this.#tokens.clear();
  }
}
