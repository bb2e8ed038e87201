import { optionError } from '../option-error.ts';
import type { Finding } from '../repair/finding.ts';
import { type RestoreChoice, type RestoreOptions, restoreDefaults } from './restore-options.ts';

export interface VerifyOptions extends RestoreOptions {
  /** Only the copies of these contracts, whatever was looked at before. @default all, going on where the last call ended */
  readonly contractIds?: readonly string[] | undefined;
  /** Names of destinations. @default all */
  readonly destinations?: readonly string[] | undefined;
  /** Report only. @default false */
  readonly dryRun?: boolean | undefined;
  /** The share of copies whose bytes are read back, from 0 to 1; other copies in each round. @default 0.01 */
  readonly sampleShare?: number | undefined;
  /** Questions that each destination is asked within a second. @default 5 */
  readonly requestsPerSecond?: number | undefined;
  /** So many copies in each destination, then stop; the next call goes on from there. @default all that the round has left */
  readonly maxCopies?: number | undefined;
  /** Told of findings before anything is done about them. */
  readonly onPlan?: ((findings: readonly Finding[]) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The options with every default filled in. */
export interface VerifySettings extends RestoreChoice, Pick<VerifyOptions, 'onPlan' | 'signal'> {
  readonly dryRun: boolean;
  readonly sampleShare: number;
  readonly requestsPerSecond: number;
  readonly maxCopies: number;
  readonly maxRestored: number;
}

/** Throws `ConfigurationError` that names the option and the remedy. */
export function verifySettings(options: VerifyOptions): VerifySettings {
  const {
    sampleShare = 0.01,
    requestsPerSecond = 5,
    maxCopies = Number.POSITIVE_INFINITY,
    maxRestored = restoreDefaults.maxRestored,
    deleted = restoreDefaults.deleted,
    altered = restoreDefaults.altered,
    dryRun = false,
    onPlan,
    signal,
  } = options;
  if (!(sampleShare >= 0 && sampleShare <= 1)) throw invalid('sampleShare', 'Pass a number from 0 to 1.');
  if (!(Number.isSafeInteger(requestsPerSecond) && requestsPerSecond > 0))
    throw invalid('requestsPerSecond', 'Pass a positive whole number.');
  if (!(maxCopies > 0)) throw invalid('maxCopies', 'Pass a positive number.');
  if (!(maxRestored >= 0)) throw invalid('maxRestored', 'Pass a number that is not negative.');
  if (!['store again', 'report'].includes(deleted)) throw invalid('deleted', "Pass 'store again' or 'report'.");
  if (!['report', 'store beside'].includes(altered)) throw invalid('altered', "Pass 'report' or 'store beside'.");
  return { sampleShare, requestsPerSecond, maxCopies, maxRestored, deleted, altered, dryRun, onPlan, signal };
}

function invalid(option: string, remedy: string): ReturnType<typeof optionError> {
  return optionError(option, remedy, 'config.invalid_option');
}
