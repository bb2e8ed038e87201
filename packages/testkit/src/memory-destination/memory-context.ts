import type { DestinationCapabilities } from '@spotdraft-archive/core/destination';
import type { MemoryStore } from './memory-store.ts';

export interface MemoryBehaviour {
  /** Size of the pieces in which resumable uploads go. @default 65_536 */
  readonly pieceBytes?: number | undefined;
  /** Creates the file first and stamps its key in a second request, as some stores must. @default false */
  readonly stampsAfterwards?: boolean | undefined;
  /** What the store makes of a file when it arrives, for stores that alter files. */
  readonly alter?: ((bytes: Uint8Array, mediaType: string) => Uint8Array) | undefined;
}

/** What the parts of a memory destination share. */
export interface MemoryContext {
  readonly capabilities: DestinationCapabilities;
  readonly store: MemoryStore;
  readonly behaviour: MemoryBehaviour;
}

/** What a memory destination saves before a side effect. */
export interface MemoryCheckpoint {
  /** The id that the new file will have, where ids are made beforehand. */
  readonly fileId?: string | undefined;
  readonly sessionId?: string | undefined;
  /** Of the bytes in the session. */
  readonly sha256: string;
}
