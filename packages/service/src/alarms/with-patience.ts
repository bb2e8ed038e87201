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
  let stopWaiting = (): void => {};
  const given = new Promise<never>((_resolve, reject) => {
    const abort = (): void => reject(signal.reason);
    const timer = setTimeout(() => reject(tooSlow(patienceMs)), patienceMs);
    signal.addEventListener('abort', abort, { once: true });
    stopWaiting = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
    };
  });
  try {
    return await Promise.race([listen(), given]);
  } finally {
    stopWaiting();
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
