import type { CallSignal } from './transport.ts';
import type { FileMetadata, PropertyGroup } from './wire-types.ts';

/** What a copy carries: the key, the properties, and which upload put them there. */
export interface Stamp {
  readonly key: string;
  readonly properties: Readonly<Record<string, string>>;
  /** A random id of the `put` that wrote it: tells a copy that was written just now from one that was there before. */
  readonly writtenBy: string;
}

/** Where the stamps of copies are kept: in property groups, or in files beside the copies. */
export interface KeyCarrier {
  /** What travels with the bytes themselves; empty when nothing can. */
  groupsFor(stamp: Stamp, options: CallSignal): Promise<readonly PropertyGroup[]>;
  /** The templates that `read` wants to see when a file is read. */
  templateIds(options: CallSignal): Promise<readonly string[]>;
  /** The stamp of a file that was read with `templateIds`; `undefined` for a file that carries none. */
  read(file: FileMetadata, options: CallSignal): Promise<Stamp | undefined>;
  /** Stamps a file that carries none. Answers with false when it carries one meanwhile. */
  add(file: FileMetadata, stamp: Stamp, options: CallSignal): Promise<boolean>;
  /** Stamps a file, whatever it carries. */
  overwrite(file: FileMetadata, stamp: Stamp, options: CallSignal): Promise<void>;
  /** Ids of files that may carry a key; `undefined` when keys cannot be searched. */
  search(key: string, options: CallSignal): Promise<readonly string[] | undefined>;
  /** Makes what is missing, and says what there is. */
  prepare(options: CallSignal): Promise<string>;
}
