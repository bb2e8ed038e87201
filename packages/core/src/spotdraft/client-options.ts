import { ConfigurationError } from '../errors/configuration-error.ts';
import { quietListener } from '../events/quiet-listener.ts';
import { type ApiAddress, readApiAddress, type SpotDraftPlace } from './api-address.ts';
import { credentialHeaders, type SpotDraftCredentials } from './credential-headers.ts';
import { createPace, type Pace } from './http/pace.ts';
import type { RetrySettings } from './http/retry-policy.ts';
import type { SpotDraftEvent } from './spotdraft-event.ts';

interface CommonOptions extends SpotDraftCredentials {
  /**
   * Names the place that contract ids are unique in; part of every archive key, so never change it once contracts are archived.
   *
   * @default the region, or else host and port of `baseUrl`
   */
  readonly source?: string | undefined;
  /** Sends the requests. @default the global `fetch` */
  readonly fetch?: typeof fetch | undefined;
  /** Requests that begin within any second. SpotDraft allows a workspace 10, for everybody together. @default 8 */
  readonly requestsPerSecond?: number | undefined;
  /** Requests in flight at once. @default 4 */
  readonly concurrency?: number | undefined;
  /** How long one try of a request may take; for a document, how long it may stand still. @default 30_000 */
  readonly timeoutMs?: number | undefined;
  /** Largest answer that is read as JSON, in bytes. Documents are not bounded. @default 16_777_216 */
  readonly maxAnswerBytes?: number | undefined;
  /** How failed requests are repeated. */
  readonly retry?: Partial<RetrySettings> | undefined;
  /** Told of every answer and every repeat. What it throws is ignored. */
  readonly onEvent?: ((event: SpotDraftEvent) => void) | undefined;
}

export type SpotDraftClientOptions = SpotDraftPlace & CommonOptions;

/** The options, checked and with every default filled in. */
export interface ClientSettings {
  readonly address: ApiAddress;
  readonly credentials: Readonly<Record<string, string>>;
  readonly pace: Pace;
  readonly fetch: typeof fetch;
  readonly timeoutMs: number;
  readonly maxAnswerBytes: number;
  readonly retry: RetrySettings;
  readonly emit: (event: SpotDraftEvent) => void;
}

/** Checks options before anything happens. Throws `ConfigurationError` that names the option and the remedy. */
export function readClientOptions(options: SpotDraftClientOptions): ClientSettings {
  const { retry = {}, onEvent } = options;
  const address = readApiAddress(options);
  return {
    address: { ...address, source: checkSource(options.source ?? address.source) },
    credentials: credentialHeaders(options),
    pace: createPace({
      requestsPerSecond: wholeNumber('requestsPerSecond', options.requestsPerSecond ?? 8),
      concurrency: wholeNumber('concurrency', options.concurrency ?? 4),
    }),
    fetch: options.fetch ?? ((...request) => globalThis.fetch(...request)),
    timeoutMs: wholeNumber('timeoutMs', options.timeoutMs ?? 30_000),
    maxAnswerBytes: wholeNumber('maxAnswerBytes', options.maxAnswerBytes ?? 16 * 1024 * 1024),
    retry: {
      attempts: wholeNumber('retry.attempts', retry.attempts ?? 5),
      firstDelayMs: wholeNumber('retry.firstDelayMs', retry.firstDelayMs ?? 500, 0),
      maxDelayMs: wholeNumber('retry.maxDelayMs', retry.maxDelayMs ?? 10_000, 0),
      maxRetryAfterMs: wholeNumber('retry.maxRetryAfterMs', retry.maxRetryAfterMs ?? 30_000, 0),
    },
    emit: quietListener(onEvent),
  };
}

// More milliseconds than this fit into no timer.
const largestNumber = 2_147_483_647;

function wholeNumber(option: string, value: number, least = 1): number {
  if (Number.isInteger(value) && value >= least && value <= largestNumber) return value;
  throw invalidOption(option, `is not a whole number from ${least} to ${largestNumber}`);
}

function checkSource(source: string): string {
  if (/^[\w.:[\]-]{1,100}$/.test(source)) return source;
  throw invalidOption('source', 'may hold letters, digits and . : - _ only, 100 characters at most');
}

function invalidOption(option: string, problem: string): ConfigurationError {
  return new ConfigurationError(`createSpotDraftClient: "${option}" ${problem}.`, {
    code: 'config.invalid_option',
    recovery: 'never',
    hint: `Correct "${option}", or leave it out to use the default.`,
    details: { option },
  });
}
