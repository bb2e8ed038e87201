import { ConfigurationError, type ConfigurationErrorCode } from '@spotdraft-archive/core';

/** The error for an option of `createArchiveService`. `remedy` is a sentence that tells what to pass instead. */
export function optionError(option: string, remedy: string, code: ConfigurationErrorCode = 'config.missing_option'): ConfigurationError {
  return new ConfigurationError(`createArchiveService: "${option}" is missing or wrong. ${remedy}`, {
    code,
    recovery: 'never',
    hint: remedy,
    details: { option },
  });
}
