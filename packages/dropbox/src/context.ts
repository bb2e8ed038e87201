import type { StoredCopy } from '@spotdraft-archive/core/destination';
import { documentPathOf } from './folders.ts';
import type { KeyCarrier, Stamp } from './key-carrier.ts';
import type { DropboxSettings } from './options.ts';
import type { Transport } from './transport.ts';
import type { FileMetadata } from './wire-types.ts';

/** Writes one after the other, or as many at once as the options say: Dropbox refuses parallel commits to one account. */
export type TakeTurn = <Value>(commit: () => Promise<Value>, options: { readonly signal: AbortSignal | undefined }) => Promise<Value>;

/** What the five verbs work with. */
export interface DropboxContext {
  readonly settings: DropboxSettings;
  readonly transport: Transport;
  readonly carrier: KeyCarrier;
  readonly takeTurn: TakeTurn;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** A file that was found, and what it carries. */
export interface StampedFile {
  readonly file: FileMetadata;
  readonly stamp: Stamp | undefined;
}

export function copyOf({ file, stamp }: StampedFile, { settings }: DropboxContext): StoredCopy {
  return {
    id: file.id,
    revision: file.rev,
    path: documentPathOf(file.path_display, settings.root),
    size: file.size,
    hash: file.content_hash ?? undefined,
    key: stamp?.key,
    properties: stamp?.properties,
  };
}
