import { ConfigurationError } from '../errors/configuration-error.ts';
import { checkOptions, hasMethods, type OptionRule, optionRules } from '../options/option-rules.ts';
import type { ArchiveOptions } from './archive-options.ts';

const { callback, members, methods, oneOf, passing, text, yesOrNo } = optionRules;

const owner = 'archiveContract';

const rules: Readonly<Record<string, OptionRule>> = {
  spotdraft: passing(isClient, 'Pass what createSpotDraftClient({ ... }) returns, not its options.'),
  destinations: passing(
    (destinations) => !Array.isArray(destinations),
    "Name each of them: destinations: { folder: filesystem({ directory: './archive' }) }.",
  ),
  ledger: passing(
    (ledger) => hasMethods(ledger, ['find', 'beginAttempt', 'recordIntent', 'saveCheckpoint', 'recordReceipt', 'recordFailure']),
    'Pass memoryLedger() or another implementation of Ledger.',
  ),
  layout: passing(isLayout, "Pass layouts.native or defineLayout('{counterparty}/{title}')."),
  documents: members({ docx: yesOrNo, manifest: yesOrNo }),
  facts: passing(Array.isArray, "Pass a list, such as ['keyPointers', 'executedAt']."),
  route: callback,
  versions: oneOf(['beside', 'revision']),
  maxMemoryBytes: passing((bytes) => typeof bytes === 'number' && bytes >= 0, 'Pass a number of bytes.'),
  temporaryDirectory: text,
  onEvent: callback,
  logger: methods(['debug', 'info', 'warn', 'error']),
  tracer: methods(['startActiveSpan']),
  now: callback,
  signal: passing((signal) => hasMethods(signal, ['throwIfAborted']), 'Pass the signal of an AbortController.'),
};

const destination = passing(
  isDestination,
  'Pass what an adapter returns, such as filesystem({ directory }), after awaiting it if it is a promise.',
);

/**
 * Refuses what the compiler refuses too, for callers without types. Throws `ConfigurationError` that names the option and the remedy.
 */
export function checkArchiveOptions(options: ArchiveOptions): void {
  if (!options?.spotdraft)
    throw missing('spotdraft', 'Pass a client: archiveContract(id, { spotdraft: createSpotDraftClient({ ... }), ... }).');
  if (Object.keys(options.destinations ?? {}).length === 0) {
    throw missing('destinations', "Pass at least one: destinations: { folder: filesystem({ directory: './archive' }) }.");
  }
  checkOptions(options, { owner, rules });
  for (const [name, given] of Object.entries(options.destinations)) {
    const option = `destinations.${name}`;
    // A destination that is not there is none, and no option that was left out.
    checkOptions({ [option]: given ?? null }, { owner, rules: { [option]: destination } });
  }
}

function isClient(value: unknown): boolean {
  const { source, contracts } = value as Partial<ArchiveOptions['spotdraft']>;
  return typeof source === 'string' && hasMethods(contracts, ['status', 'downloadLink', 'openLink']);
}

function isDestination(value: unknown): boolean {
  return (
    hasMethods(value, ['put', 'find', 'stat']) &&
    hasMethods((value as Partial<ArchiveOptions['destinations'][string]>).capabilities?.hash, ['createHasher'])
  );
}

function isLayout(value: unknown): boolean {
  const { segments, fields } = (value ?? {}) as Partial<NonNullable<ArchiveOptions['layout']>>;
  return Array.isArray(segments) && Array.isArray(fields);
}

function missing(option: string, hint: string): ConfigurationError {
  return new ConfigurationError(`${owner}: "${option}" is missing.`, {
    code: 'config.missing_option',
    recovery: 'never',
    hint,
    details: { option },
  });
}
