import type { DocumentToStore } from '@spotdraft-archive/core/destination';
import type { Call } from './api.ts';
import type { DriveItem, KeptMetadata } from './drive-item.ts';
import type { DriveRoot } from './drive-root.ts';

export interface WriteMetadataCall extends Call {
  /** Another document's metadata may be there: what is not written anew has to go. */
  readonly replaces: boolean;
}

/** How key and properties are kept with a copy: in columns of the library, or in a file beside it. */
export interface MetadataCarrier {
  /** To be expanded with every look at an item, so that its metadata comes along. */
  readonly expand: string | undefined;
  /** Gets ready, once, before anything is uploaded. */
  prepare(document: DocumentToStore, root: DriveRoot, call: Call): Promise<void>;
  read(item: DriveItem, root: DriveRoot, call: Call): Promise<KeptMetadata>;
  /** Writes all of it at once and answers with what is kept now. Safe to repeat. */
  write(item: DriveItem, document: DocumentToStore, call: WriteMetadataCall & { readonly root: DriveRoot }): Promise<KeptMetadata>;
  /** Items that carry the key, where keys can be searched. An empty answer proves nothing. */
  readonly search?: ((key: string, root: DriveRoot, call: Call) => Promise<readonly DriveItem[]>) | undefined;
}
