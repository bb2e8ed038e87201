import { ArchiveError } from '../errors/archive-error.ts';
import { ConfigurationError, type ConfigurationErrorCode } from '../errors/configuration-error.ts';
import type { VerifiedContractEvent } from './contract-event.ts';
import { fixedKeys, type KeySource, loadedKeys } from './key-source.ts';
import type { WebhookScheme } from './signature-header.ts';
import { readKeys, type SigningKey, type WebhookKeys } from './signing-key.ts';
import type { WebhookRefusal } from './webhook-refusal.ts';

export interface WebhookHandlerOptions {
  /**
   * The workspace's `hmac_key` in base64; several while one replaces another, or for several workspaces. A function is asked at the first
   * delivery, again when its answer is older than `keysMaxAgeMs`, and at once when a signature does not match: that is how a new key comes
   * in without a restart.
   */
  readonly keys: WebhookKeys | (() => WebhookKeys | Promise<WebhookKeys>);
  /**
   * Gets each event whose signature is right. Awaited: SpotDraft hears 202 once it has resolved, so store the event here and work on it later.
   * A repeated delivery is handed on again, with the same `event.deliveryId`.
   */
  readonly onEvent: (event: VerifiedContractEvent) => unknown;
  /**
   * Told why a request was not accepted: a `WebhookError` that names the likely mistake, otherwise the error of `onEvent` or `keys`. Also told,
   * with the status 202, when `keys` failed and the keys that were known before did.
   */
  readonly onError?: ((error: unknown, refusal: WebhookRefusal) => unknown) | undefined;
  /** Larger bodies are refused while they are read. @default 1_048_576 */
  readonly maxBytes?: number | undefined;
  /** How long the answer of a `keys` function is used, and the pause between the times it is asked because of a wrong signature. @default 300_000 */
  readonly keysMaxAgeMs?: number | undefined;
  /** @default 'current' */
  readonly scheme?: WebhookScheme | undefined;
}

/** The options after their check. */
export interface WebhookHandlerSettings {
  readonly keys: KeySource;
  readonly onEvent: (event: VerifiedContractEvent) => unknown;
  /** Never throws and never rejects. */
  readonly report: (error: unknown, refusal: WebhookRefusal) => void;
  readonly maxBytes: number;
  readonly scheme: WebhookScheme;
}

/** Checks the options of a webhook handler. Throws `ConfigurationError` that names the option and the remedy. */
export function checkHandlerOptions(options: WebhookHandlerOptions): WebhookHandlerSettings {
  const {
    keys,
    onEvent,
    onError,
    maxBytes = 1_048_576,
    keysMaxAgeMs = 300_000,
    scheme = 'current',
  } = options ?? ({} as WebhookHandlerOptions);
  if (typeof onEvent !== 'function') throw optionError('config.missing_option', 'onEvent', 'Pass a function that stores the event.');
  if (!Number.isSafeInteger(maxBytes) || maxBytes < 1)
    throw optionError('config.invalid_option', 'maxBytes', 'Pass a positive whole number.');
  if (!(keysMaxAgeMs >= 0)) throw optionError('config.invalid_option', 'keysMaxAgeMs', 'Pass a number of milliseconds.');
  if (!['current', 'legacy'].includes(scheme)) throw optionError('config.invalid_option', 'scheme', "Leave it out, or pass 'legacy'.");
  const report = reporter(onError);
  const onLoadError = (error: unknown): void => report(error, { status: 202, code: 'keys_not_renewed' });
  const source =
    typeof keys === 'function' ? loadedKeys(keys, { scheme, keysMaxAgeMs, onError: onLoadError }) : fixedKeys(checkKeys(keys, scheme));
  return { keys: source, onEvent, report, maxBytes, scheme };
}

function checkKeys(keys: WebhookKeys, scheme: WebhookScheme): readonly SigningKey[] {
  try {
    return readKeys(keys, scheme);
  } catch (error) {
    if (!ArchiveError.isInstance(error)) throw error;
    const code = keys === undefined || keys.length === 0 ? 'config.missing_option' : 'config.invalid_option';
    throw optionError(code, 'keys', `${error.message} ${error.hint}`);
  }
}

function reporter(onError: WebhookHandlerOptions['onError']): WebhookHandlerSettings['report'] {
  const report = async (error: unknown, refusal: WebhookRefusal): Promise<void> => {
    try {
      await onError?.(error, refusal);
    } catch {
      // A failing log must not change the answer.
    }
  };
  return (error, refusal) => void report(error, refusal);
}

function optionError(code: ConfigurationErrorCode, option: string, remedy: string): ConfigurationError {
  return new ConfigurationError(`createWebhookHandler: "${option}" is missing or wrong. ${remedy}`, {
    code,
    recovery: 'never',
    hint: remedy,
    details: { option },
  });
}
