import { optionError } from '../option-error.ts';

const usualRequestsPerSecond = 8;

/** Fills in the default, and refuses what is no pace. */
export function requestsPerSecondOf(given: number | undefined): number {
  const value = given ?? usualRequestsPerSecond;
  if (value > 0) return value;
  throw optionError('requestsPerSecond', 'Pass a number above 0, or Infinity for none of our own.', 'config.invalid_option');
}
