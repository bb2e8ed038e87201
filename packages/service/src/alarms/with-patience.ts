import { ConfigurationError } from '@spotdraft-archive/core';

export interface PatienceOptions {
  readonly signal: AbortSignal;
  readonly patienceMs: number;
}

/**
 * Waits for a listener, but not for ever: one that hangs would keep a service from stopping, and everybody else from being told.
 *
 * Throws the reason of `signal`, and `ConfigurationError` when the listener takes too long. Nothing can end the listener itself.
 */
export async function withPatience<Result>(
  listen: () => Result | Promise<Result>,
  { signal, patienceMs }: PatienceOptions,
): Promise<Result> {
  signal.throwIfAborted();
  const stopWaiting = new AbortController();
  const given = new Promise<never>((_resolve, reject) => {
    const timer = setTimeout(() => reject(tooSlow(patienceMs)), patienceMs);
    stopWaiting.signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
    signal.addEventListener('abort', () => reject(signal.reason), { once: true, signal: stopWaiting.signal });
  });
  try {
    return await Promise.race([listen(), given]);
  } finally {
    stopWaiting.abort();
  }
}

function tooSlow(patienceMs: number): ConfigurationError {
  return new ConfigurationError(`"alarms.onAlarm" has not come to its end within ${patienceMs / 1_000} seconds.`, {
    code: 'config.invalid_option',
    recovery: 'never',
    hint: 'Let it resolve, or give its requests a timeout. The alarm is told again.',
    details: { option: 'alarms.onAlarm' },
  });
}
