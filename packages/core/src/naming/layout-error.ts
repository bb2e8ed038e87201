import { ConfigurationError } from '../errors/configuration-error.ts';

export interface LayoutMistake {
  /** Where the bad part begins, counted from 1. */
  readonly position: number;
  /** The bad part as it was written. */
  readonly part: string;
  /** What is wrong with it, as the end of a sentence. */
  readonly problem: string;
  /** What to write instead, as a full sentence. */
  readonly hint: string;
}

/** The error for a mistake in a layout. */
export function layoutError(template: string, { position, part, problem, hint }: LayoutMistake): ConfigurationError {
  return new ConfigurationError(`Layout "${template}", position ${position}: ${problem}. ${hint}`, {
    code: 'config.invalid_layout',
    recovery: 'never',
    hint,
    details: { option: 'layout', position, part },
  });
}
