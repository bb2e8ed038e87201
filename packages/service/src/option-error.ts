import { ConfigurationError, type ConfigurationErrorCode } from '@spotdraft-archive/core';

/** The error for an option that is missing or wrong. Names the option and the remedy. */
export function optionError(option: string, remedy: string, code: ConfigurationErrorCode = 'config.missing_option'): ConfigurationError {
  return new ConfigurationError(`@spotdraft-archive/service: "${option}" is missing or wrong. ${remedy}`, {
    code,
    recovery: 'never',
    hint: remedy,
    details: { option },
  });
}
