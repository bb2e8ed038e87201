import { tmpdir } from 'node:os';
import type { ContractFacts } from '../contract/contract-facts.ts';
import { definedOnly } from '../contract/defined-only.ts';
import type { StorageDestination } from '../destination/storage-destination.ts';
import { ConfigurationError } from '../errors/configuration-error.ts';
import type { ArchiveEvent } from '../events/archive-event.ts';
import { type Logger, logEvent } from '../events/logger.ts';
import { quietListener } from '../events/quiet-listener.ts';
import type { Tracer } from '../events/tracer.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { memoryLedger } from '../ledger/memory-ledger.ts';
import type { ContractFact, Layout } from '../naming/layout.ts';
import { layouts } from '../naming/layouts.ts';
import type { SpotDraftClient } from '../spotdraft/client.ts';
import { checkArchiveOptions } from './check-options.ts';
import type { Readiness } from './read-document.ts';

/** Destinations by the names that receipts, failures and the ledger use for them. */
export type Destinations = Readonly<Record<string, StorageDestination>>;

/** Which documents to archive beside the signed PDF. */
export interface DocumentChoice {
  /** The DOCX, where SpotDraft has one. @default false */
  readonly docx?: boolean | undefined;
  /** A JSON file with everything known about the contract: metadata, hashes, parties, signing times, ids. @default false */
  readonly manifest?: boolean | undefined;
}

/** `beside`: a file of its own for each version. `revision`: a new revision of the same file, in stores that keep the earlier ones. */
export type VersionPlacement = 'beside' | 'revision';

/** Chooses, among the names of destinations, those that a contract goes to. What it throws ends the run. */
export type Route = (contract: ContractFacts) => readonly string[] | Promise<readonly string[]>;

export interface ArchiveOptions<Given extends Destinations = Destinations> {
  readonly spotdraft: SpotDraftClient;
  readonly destinations: Given;
  /** Folders and file names. @default layouts.native */
  readonly layout?: Layout | undefined;
  /** What makes repeats cheap and crashes harmless. @default a ledger that lives as long as this call */
  readonly ledger?: Ledger | undefined;
  readonly documents?: DocumentChoice | undefined;
  /** What to learn of the contract beside what the layout needs, for `route` and for `result.contract`. @default nothing more */
  readonly facts?: readonly ContractFact[] | undefined;
  /**
   * Chooses the destinations that the contract goes to by its facts: those that the input told, and `facts`. None is an answer too.
   *
   * @default all of them
   */
  readonly route?: Route | undefined;
  /**
   * Where a new version of an archived contract goes. As a `revision` it gets the place, the name and the links of the earlier version's copy.
   * It goes beside it all the same where the store keeps no revisions, and when somebody has changed or removed that copy: then
   * `revision.refused` is emitted, and the copy is left alone.
   *
   * @default 'beside'
   */
  readonly versions?: VersionPlacement | undefined;
  /** How long to wait for a document that SpotDraft does not have ready yet. */
  readonly readiness?: Partial<Readiness> | undefined;
  /** Documents up to this size in bytes stay in memory, larger ones go to a temporary file. @default 8_388_608 */
  readonly maxMemoryBytes?: number | undefined;
  /** Where temporary files are made. @default the system's folder for them */
  readonly temporaryDirectory?: string | undefined;
  /** Told of every step. What it throws is ignored. */
  readonly onEvent?: ((event: ArchiveEvent) => void) | undefined;
  /** Gets every event as one structured line. */
  readonly logger?: Logger | undefined;
  /** Gets a span for the run, for reading each document and for storing it in each destination. */
  readonly tracer?: Tracer | undefined;
  /** The clock. @default () => new Date() */
  readonly now?: (() => Date) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The options with every default filled in. */
export interface ArchivePlan<Given extends Destinations = Destinations> {
  readonly spotdraft: SpotDraftClient;
  readonly destinations: Given;
  readonly layout: Layout;
  readonly ledger: Ledger;
  readonly documents: Required<DocumentChoice>;
  readonly facts: readonly ContractFact[];
  readonly route: Route | undefined;
  readonly versions: VersionPlacement;
  readonly readiness: Readiness;
  readonly maxMemoryBytes: number;
  readonly temporaryDirectory: string;
  readonly tracer: Tracer | undefined;
  readonly now: () => Date;
  readonly signal: AbortSignal | undefined;
  emit(event: ArchiveEvent): void;
}

/** Checks the options before anything happens. Throws `ConfigurationError` that names the option and the remedy. */
export function planArchive<Given extends Destinations>(options: ArchiveOptions<Given>): ArchivePlan<Given> {
  checkArchiveOptions(options);
  const { onEvent, logger } = options;
  const tellCaller = quietListener(onEvent);
  const tellLog = quietListener<ArchiveEvent>((event) => logger && logEvent(logger, event));
  return {
    spotdraft: options.spotdraft,
    destinations: options.destinations,
    layout: options.layout ?? layouts.native,
    ledger: options.ledger ?? memoryLedger(),
    documents: { docx: options.documents?.docx ?? false, manifest: options.documents?.manifest ?? false },
    facts: options.facts ?? [],
    route: options.route,
    versions: options.versions ?? 'beside',
    readiness: readReadiness(options.readiness),
    maxMemoryBytes: options.maxMemoryBytes ?? 8 * 1024 * 1024,
    temporaryDirectory: options.temporaryDirectory ?? tmpdir(),
    tracer: options.tracer,
    now: options.now ?? (() => new Date()),
    signal: options.signal,
    emit(event) {
      tellCaller(event);
      tellLog(event);
    },
  };
}

function readReadiness(given: Partial<Readiness> = {}): Readiness {
  const readiness = { attempts: 5, firstDelayMs: 2_000, maxDelayMs: 60_000, ...definedOnly<Readiness>(given) };
  for (const [name, value] of Object.entries(readiness)) {
    const least = name === 'attempts' ? 1 : 0;
    if (Number.isSafeInteger(value) && value >= least) continue;
    throw new ConfigurationError(`archiveContract: "readiness.${name}" is not a whole number of at least ${least}.`, {
      code: 'config.invalid_option',
      recovery: 'never',
      hint: 'Pass attempts, firstDelayMs and maxDelayMs, or leave them out to use the defaults.',
      details: { option: `readiness.${name}` },
    });
  }
  return readiness;
}
