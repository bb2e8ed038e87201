import type { WebhookScheme } from './signature-header.ts';
import { readKeys, type SigningKey, type WebhookKeys } from './signing-key.ts';

/** Where the keys of a handler come from. */
export interface KeySource {
  /** The keys to try first. */
  current(): Promise<readonly SigningKey[]>;
  /** Called when no key fits: the keys anew, or undefined when they cannot have changed or were just asked for. */
  renewed(): Promise<readonly SigningKey[] | undefined>;
}

export interface KeySourceOptions {
  readonly scheme: WebhookScheme;
  readonly keysMaxAgeMs: number;
  /** Told about a failure that is bridged with the keys that are known. */
  readonly onError: (error: unknown) => void;
}

/** How soon a failed attempt to renew the keys may be repeated. */
const renewalPauseMs = 5_000;

/** Keys that never change. */
export function fixedKeys(keys: readonly SigningKey[]): KeySource {
  return { current: async () => keys, renewed: async () => undefined };
}

/**
 * Keys that are asked for: at first use, when they are old, and at once when a signature does not match. The last is done at most once in
 * `keysMaxAgeMs`, so that forged requests cannot use up SpotDraft's request limit.
 */
export function loadedKeys(load: () => WebhookKeys | Promise<WebhookKeys>, { scheme, keysMaxAgeMs, onError }: KeySourceOptions): KeySource {
  let known: readonly SigningKey[] | undefined;
  let askAgainAt = 0;
  let renewAgainAt = 0;
  let pending: Promise<readonly SigningKey[]> | undefined;

  const ask = async (): Promise<readonly SigningKey[]> => {
    // Also after a failure: while SpotDraft is away, not every delivery should wait for it.
    askAgainAt = performance.now() + keysMaxAgeMs;
    known = readKeys(await load(), scheme);
    return known;
  };
  const askOnce = (): Promise<readonly SigningKey[]> => {
    pending ??= ask().finally(() => {
      pending = undefined;
    });
    return pending;
  };

  return {
    async current() {
      if (known === undefined) return askOnce();
      if (performance.now() < askAgainAt) return known;
      try {
        return await askOnce();
      } catch (error) {
        onError(error);
        return known;
      }
    },
    async renewed() {
      if (performance.now() < renewAgainAt) return undefined;
      renewAgainAt = performance.now() + keysMaxAgeMs;
      try {
        return await askOnce();
      } catch (error) {
        renewAgainAt = performance.now() + Math.min(renewalPauseMs, keysMaxAgeMs);
        throw error;
      }
    },
  };
}
