import { ArchiveError, type ArchiveErrorOptions } from './archive-error.ts';

export type ConfigurationErrorCode = 'config.missing_option' | 'config.invalid_option' | 'config.invalid_layout';

/** An option is missing or wrong. Thrown when the object is made, before any side effect. */
export class ConfigurationError extends ArchiveError<ConfigurationErrorCode> {
  constructor(message: string, options: ArchiveErrorOptions<ConfigurationErrorCode>) {
    super(message, options);
    this.name = 'ConfigurationError';
  }
}
