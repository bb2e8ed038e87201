import { quietListener } from '../events/quiet-listener.ts';
import { checkOptions, optionRules } from '../options/option-rules.ts';
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

const { callback, members, pattern, wholeNumber } = optionRules;

const rules = {
  source: pattern(/^[\w.:[\]-]{1,100}$/, 'Pass letters, digits and . : - _ only, at most 100, or leave it out for the default.'),
  fetch: callback,
  requestsPerSecond: wholeNumber(),
  concurrency: wholeNumber(),
  timeoutMs: wholeNumber(),
  maxAnswerBytes: wholeNumber(),
  retry: members({
    attempts: wholeNumber(),
    firstDelayMs: wholeNumber({ least: 0 }),
    maxDelayMs: wholeNumber({ least: 0 }),
    maxRetryAfterMs: wholeNumber({ least: 0 }),
  }),
  onEvent: callback,
};

/** Checks options before anything happens. Throws `ConfigurationError` that names the option and the remedy. */
export function readClientOptions(options: SpotDraftClientOptions): ClientSettings {
  const address = readApiAddress(options);
  const { source = address.source } = options;
  checkOptions({ ...options, source }, { owner: 'createSpotDraftClient', rules });
  const { retry = {}, requestsPerSecond = 8, concurrency = 4, timeoutMs = 30_000, maxAnswerBytes = 16 * 1024 * 1024 } = options;
  return {
    address: { ...address, source },
    credentials: credentialHeaders(options),
    pace: createPace({ requestsPerSecond, concurrency }),
    fetch: options.fetch ?? ((...request) => globalThis.fetch(...request)),
    timeoutMs,
    maxAnswerBytes,
    retry: {
      attempts: retry.attempts ?? 5,
      firstDelayMs: retry.firstDelayMs ?? 500,
      maxDelayMs: retry.maxDelayMs ?? 10_000,
      maxRetryAfterMs: retry.maxRetryAfterMs ?? 30_000,
    },
    emit: quietListener(options.onEvent),
  };
}
