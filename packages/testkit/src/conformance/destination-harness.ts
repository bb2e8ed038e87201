import type { DocumentPath, StorageDestination } from '@spotdraft-archive/core/destination';

/**
 * How a request can fail on its way:
 *
 * - `refused`: it has no effect, and the answer says that the store is unavailable;
 * - `cutRequest`: the connection breaks while its body is sent, and it has no effect;
 * - `loseReply`: it has its effect, and the connection breaks before the answer.
 */
export type InterruptionKind = 'refused' | 'cutRequest' | 'loseReply';

/** A failure that waits for its request. */
export interface Interruption {
  /** How many requests it has befallen. */
  readonly fired: number;
  /** Ends it early. */
  remove(): void;
}

/** A path, and for folders one entry for every folder that has it, so that twins show. */
export type FolderPath = readonly string[];

/**
 * What a destination's author gives the suite: the destination, and as many hooks as the store allows. Cases that need a missing hook are
 * skipped, visibly and with the reason.
 */
export interface DestinationHarness {
  /** A destination on a store that no other harness uses. */
  readonly destination: StorageDestination;
  /** Another destination on the same store that shares nothing with the first one: what another process would have. */
  readonly second?: (() => StorageDestination | Promise<StorageDestination>) | undefined;
  /** Makes the n-th request from now on fail, once. A request is whatever can fail on its own: an HTTP request, a system call. */
  readonly interrupt?: ((kind: InterruptionKind, nth: number) => Interruption) | undefined;
  /** All files in the store that people would see, one entry each, so that twins at one path show. */
  readonly listPaths?: (() => Promise<readonly DocumentPath[]>) | undefined;
  /** All folders below the destination's root, one entry each. */
  readonly listFolders?: (() => Promise<readonly FolderPath[]>) | undefined;
  /** Puts a file without a key into the store, behind the destination's back. */
  readonly writeFile?: ((path: DocumentPath, bytes: Uint8Array) => Promise<void>) | undefined;
  /** Moves a copy within the store, as a person would. */
  readonly moveCopy?: ((id: string, path: DocumentPath) => Promise<void>) | undefined;
  /** Removes a copy from the store, as a person would. */
  readonly removeCopy?: ((id: string) => Promise<void>) | undefined;
  /** Makes every upload session that is open now expire. */
  readonly expireUploads?: (() => Promise<void> | void) | undefined;
  /** Lets an index that lags behind catch up. */
  readonly settle?: (() => Promise<void> | void) | undefined;
  /** How long `find` may lag where the index is eventual and there is no `settle`. @default 10_000 */
  readonly lookupLagMs?: number | undefined;
  /** Size of a document that travels in at least three pieces. @default three times `capabilities.resumableFromBytes`, plus some */
  readonly largeDocumentBytes?: number | undefined;
  /** How far `put` may read ahead of what the store has taken. @default 16 MiB */
  readonly maxReadAheadBytes?: number | undefined;
  /** Runs after the case, whatever its outcome. */
  readonly cleanup?: (() => Promise<void> | void) | undefined;
}

/** Makes a fresh harness for one case. */
export type DestinationHarnessFactory = () => DestinationHarness | Promise<DestinationHarness>;
