import type { FaultAction } from '@spotdraft-archive/testkit';
import type { StoreAddresses } from './stores.ts';

export type StoreName = keyof StoreAddresses;

export const storeNames: readonly StoreName[] = ['drive', 'dropbox', 'box'];

/** A file as it lies in an emulated store. */
export interface StoredFile {
  /** The store's own id. */
  readonly id: string;
  readonly name: string;
  readonly sha256: string;
}

export type StoredFiles = Readonly<Record<StoreName, readonly StoredFile[]>>;

/** What the process of the stores is asked. */
export type StoreRequest =
  | { readonly ask: 'inject'; readonly store: StoreName; readonly fault: FaultAction & { readonly nth: number } }
  | { readonly ask: 'end faults' }
  | { readonly ask: 'list' };

/** What it answers, in the order of the requests; its addresses come first, unasked. */
export type StoreAnswer =
  | { readonly addresses: Required<StoreAddresses> }
  | { readonly fired: number }
  | { readonly files: StoredFiles }
  | { readonly injected: true };
