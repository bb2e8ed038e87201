import {
  type Clock,
  ConfigurationError,
  checkOptions,
  type OptionRule,
  optionRules,
  type RequestEvent,
  type RetryOptions,
} from '@spotdraft-archive/core/destination';
import type { GraphAuth } from './auth.ts';
import { type Cloud, type GraphEndpoints, type NationalCloud, parseCloud } from './clouds.ts';

/** Options that every destination on Microsoft Graph takes. */
export interface GraphOptions {
  /**
   * A token, a function that gets one, an app's credentials, a refresh token, or what the host already has: a `TokenCredential` of `@azure/identity`, a
   * `ConfidentialClientApplication` of `@azure/msal-node`, a `Client` of `@microsoft/microsoft-graph-client`.
   */
  readonly auth: GraphAuth;
  /** The national cloud of the tenant, or other addresses. @default 'global' */
  readonly cloud?: NationalCloud | GraphEndpoints | undefined;
  /**
   * Documents up to this size go in one request, larger ones in pieces of it. A multiple of 327 680 bytes (320 KiB) below 60 MiB; each upload keeps one
   * piece in memory.
   *
   * @default 10485760
   */
  readonly pieceBytes?: number | undefined;
  /**
   * Microsoft asks for `ISV|Company|App/Version` (or `NONISV|…` for apps of one's own) and treats undecorated traffic worse.
   *
   * @default 'NONISV|SpotDraftArchive|spotdraft-archive/0.1'
   */
  readonly userAgent?: string | undefined;
  readonly retry?: RetryOptions | undefined;
  /** Longest silence of the store in milliseconds. @default 60000 */
  readonly timeoutMs?: number | undefined;
  /** @default the global `fetch` */
  readonly fetch?: typeof globalThis.fetch | undefined;
  readonly onEvent?: ((event: RequestEvent) => void) | undefined;
  readonly clock?: Clock | undefined;
}

export interface GraphSettings extends Omit<GraphOptions, 'cloud' | 'pieceBytes'> {
  readonly provider: string;
  readonly cloud: Cloud;
  readonly pieceBytes: number;
}

export interface OptionSource {
  readonly provider: string;
  /** An environment variable that usually holds the secret of `auth`. */
  readonly variable: string;
  /** How the factory is called, such as `sharePoint({ auth })`. */
  readonly call: string;
  /** What the options of its own have to be. */
  readonly rules: Readonly<Record<string, OptionRule>>;
}

/** Graph takes ranges in multiples of 320 KiB, each below 60 MiB. https://learn.microsoft.com/graph/api/driveitem-createuploadsession */
const rangeMultiple = 320 * 1024;
const rangeSize = optionRules.wholeNumber({ least: rangeMultiple, most: 60 * 2 ** 20 - rangeMultiple, multipleOf: rangeMultiple });

/** The rule for `path`, which both destinations have. Empty is the default, too. */
export const folderPath: OptionRule = optionRules.passing(
  (path) => typeof path === 'string',
  'Pass the path of a folder, such as "Legal/Contracts", or leave it out for the default.',
);

/** Checks the common options. Throws `ConfigurationError` that names the option. */
export function parseGraphOptions(options: GraphOptions, { provider, variable, call, rules }: OptionSource): GraphSettings {
  if (!options?.auth) {
    throw new ConfigurationError(`${provider}: "auth" is missing. Pass credentials, a token function or your Microsoft client: ${call}.`, {
      code: 'config.missing_option',
      recovery: 'never',
      hint: `For example { tenantId, clientId, clientSecret: process.env.${variable} } of an app registered in Entra ID.`,
    });
  }
  checkOptions(options, { owner: provider, rules: { pieceBytes: rangeSize, ...rules } });
  const { pieceBytes = 10 * 2 ** 20 } = options;
  return { ...options, provider, pieceBytes, cloud: parseCloud(options.cloud, provider) };
}

export function invalidOption(message: string, hint: string): ConfigurationError {
  return new ConfigurationError(message, { code: 'config.invalid_option', recovery: 'never', hint });
}
