import { ConfigurationError } from '@spotdraft-archive/core';

/** The error for an argument of a call that cannot be used. `remedy` is a sentence that tells what to pass instead. */
export function argumentError(option: string, remedy: string): ConfigurationError {
  return new ConfigurationError(`"${option}" is wrong. ${remedy}`, {
    code: 'config.invalid_option',
    recovery: 'never',
    hint: remedy,
    details: { option },
  });
}
