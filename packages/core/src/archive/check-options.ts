import { ConfigurationError } from '../errors/configuration-error.ts';
import type { ArchiveOptions } from './archive-options.ts';

interface Rule {
  readonly option: string;
  readonly holds: boolean;
  readonly hint: string;
}

/**
 * Refuses what the compiler refuses too, for callers without types. Throws `ConfigurationError` that names the option and the remedy.
 */
export function checkOptions(options: ArchiveOptions): void {
  if (!options?.spotdraft)
    throw missing('spotdraft', 'Pass a client: archiveContract(id, { spotdraft: createSpotDraftClient({ ... }), ... }).');
  if (Object.keys(options.destinations ?? {}).length === 0) {
    throw missing('destinations', "Pass at least one: destinations: { folder: filesystem({ directory: './archive' }) }.");
  }
  const broken = [...rulesOfPorts(options), ...rulesOfSettings(options)].find(({ holds }) => !holds);
  if (broken) throw invalid(broken);
}

function rulesOfPorts({ spotdraft, destinations, ledger, layout }: ArchiveOptions): Rule[] {
  return [
    {
      option: 'spotdraft',
      holds: typeof spotdraft.source === 'string' && hasMethods(spotdraft.contracts, 'status', 'downloadLink', 'openLink'),
      hint: 'Pass what createSpotDraftClient({ ... }) returns, not its options.',
    },
    {
      option: 'destinations',
      holds: !Array.isArray(destinations),
      hint: "Name each of them: destinations: { folder: filesystem({ directory: './archive' }) }.",
    },
    ...Object.entries(destinations).map(([name, destination]) => ({
      option: `destinations.${name}`,
      holds: hasMethods(destination, 'put', 'find', 'stat') && hasMethods(destination.capabilities?.hash, 'createHasher'),
      hint: 'Pass what an adapter returns, such as filesystem({ directory }), after awaiting it if it is a promise.',
    })),
    {
      option: 'ledger',
      holds:
        ledger === undefined ||
        hasMethods(ledger, 'find', 'beginAttempt', 'recordIntent', 'saveCheckpoint', 'recordReceipt', 'recordFailure'),
      hint: 'Pass memoryLedger() or another implementation of Ledger.',
    },
    {
      option: 'layout',
      holds: layout === undefined || (Array.isArray(layout?.segments) && Array.isArray(layout?.fields)),
      hint: "Pass layouts.native or defineLayout('{counterparty}/{title}').",
    },
  ];
}

function rulesOfSettings(options: ArchiveOptions): Rule[] {
  const { documents, facts, route, versions, maxMemoryBytes, temporaryDirectory, onEvent, logger, tracer, now, signal } = options;
  return [
    {
      option: 'documents',
      holds: documents === undefined || isChoice(documents),
      hint: 'Pass { docx: true }, { manifest: true } or both.',
    },
    { option: 'facts', holds: facts === undefined || Array.isArray(facts), hint: "Pass a list, such as ['keyPointers', 'executedAt']." },
    {
      option: 'route',
      holds: route === undefined || typeof route === 'function',
      hint: 'Pass a function from the facts of a contract to names of destinations.',
    },
    {
      option: 'versions',
      holds: versions === undefined || versions === 'beside' || versions === 'revision',
      hint: "Pass 'beside' or 'revision'.",
    },
    {
      option: 'maxMemoryBytes',
      holds: maxMemoryBytes === undefined || (typeof maxMemoryBytes === 'number' && maxMemoryBytes >= 0),
      hint: 'Pass a number of bytes.',
    },
    {
      option: 'temporaryDirectory',
      holds: temporaryDirectory === undefined || (typeof temporaryDirectory === 'string' && temporaryDirectory !== ''),
      hint: 'Pass the path of a folder.',
    },
    { option: 'onEvent', holds: onEvent === undefined || typeof onEvent === 'function', hint: 'Pass a function that takes an event.' },
    {
      option: 'logger',
      holds: logger === undefined || hasMethods(logger, 'debug', 'info', 'warn', 'error'),
      hint: 'Pass a logger with debug, info, warn and error, such as pino().',
    },
    {
      option: 'tracer',
      holds: tracer === undefined || hasMethods(tracer, 'startActiveSpan'),
      hint: "Pass an OpenTelemetry tracer, such as trace.getTracer('archive').",
    },
    { option: 'now', holds: now === undefined || typeof now === 'function', hint: 'Pass a function that returns a Date.' },
    {
      option: 'signal',
      holds: signal === undefined || hasMethods(signal, 'throwIfAborted'),
      hint: 'Pass the signal of an AbortController.',
    },
  ];
}

function isChoice(documents: unknown): boolean {
  if (typeof documents !== 'object' || documents === null) return false;
  return Object.entries(documents).every(
    ([name, value]) => ['docx', 'manifest'].includes(name) && [true, false, undefined].includes(value),
  );
}

function hasMethods(value: unknown, ...names: readonly string[]): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return names.every((name) => typeof (value as Readonly<Record<string, unknown>>)[name] === 'function');
}

function missing(option: string, hint: string): ConfigurationError {
  return new ConfigurationError(`archiveContract: "${option}" is missing.`, {
    code: 'config.missing_option',
    recovery: 'never',
    hint,
    details: { option },
  });
}

function invalid({ option, hint }: Rule): ConfigurationError {
  return new ConfigurationError(`archiveContract: "${option}" is not what it should be.`, {
    code: 'config.invalid_option',
    recovery: 'never',
    hint,
    details: { option },
  });
}
