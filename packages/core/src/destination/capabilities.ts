import type { DestinationHash } from './hash.ts';
import type { NamingRules } from './naming-rules.ts';

/** How many properties a store keeps with a copy, and how long they may be. Core fits the properties to these limits. */
export interface PropertyLimits {
  readonly maxCount: number;
  /** Longest value in UTF-8 bytes. */
  readonly maxValueBytes: number;
  /** Longest name and value together in UTF-8 bytes, where the store counts that way. */
  readonly maxEntryBytes?: number;
}

/**
 * What a destination can do, as plain data. It drives core's decisions and tells the conformance suite which cases apply;
 * what is missing here is skipped there, visibly and with the reason.
 */
export interface DestinationCapabilities {
  /**
   * How fresh `find` is by key alone:
   * `immediate`, `eventual` (an index that lags behind a write), or `path-only` (the key cannot be searched; `find` needs the path).
   */
  readonly keyLookup: 'immediate' | 'eventual' | 'path-only';
  /** `by-path`: the store itself refuses a second file at a path. `by-id`: only a second use of a pre-made id is refused. */
  readonly atomicCreate: 'by-path' | 'by-id';
  /** True when the store lets two files lie at one path. */
  readonly duplicatePaths: boolean;
  /** Uploads of at least this many bytes go in pieces, are checkpointed and can be resumed; `false`: no upload can. */
  readonly resumableFromBytes: number | false;
  /** The hash the store reports for every file. */
  readonly hash: DestinationHash;
  /** Largest file in bytes. */
  readonly maxBytes: number;
  /**
   * True when the store keeps what was replaced as an earlier revision of the file, for as long as its own rules say.
   *
   * @default false
   */
  readonly keepsRevisions?: boolean;
  readonly naming: NamingRules;
  /** Media types which the store is known to rewrite after the upload. */
  readonly altersMediaTypes: readonly string[];
  /** Where key and properties live: with the file in the store, or in a file beside it. */
  readonly metadata: 'native' | 'sidecar';
  readonly properties: PropertyLimits;
  /** The store's page behind each statement, for readers. */
  readonly sources: Readonly<Record<string, string>>;
}
