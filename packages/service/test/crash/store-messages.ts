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
  /** Of the bytes without what SpotDraft adds when it renders a document anew. */
  readonly unrenderedSha256: string;
}

export type StoredFiles = Readonly<Record<StoreName, readonly StoredFile[]>>;

/** Sends a signal to the process whose request comes next, at an exact moment of that request. */
export interface Trap {
  readonly store: StoreName;
  /** Before the store has done anything, or after it has done everything and before it answers. */
  readonly phase: 'before-effect' | 'after-effect';
  readonly signal: 'SIGKILL' | 'SIGSTOP';
  /** How long it waits for a request, in milliseconds. */
  readonly waitMs: number;
}

/** What the process of the stores is asked. */
export type StoreQuestion =
  | { readonly ask: 'inject'; readonly store: StoreName; readonly fault: FaultAction & { readonly nth: number } }
  | { readonly ask: 'trap'; readonly trap: Trap }
  | { readonly ask: 'end faults' }
  | { readonly ask: 'list' };

/** What it answers. */
export interface StoreAnswers {
  readonly inject: undefined;
  /** The process that was caught, if any. */
  readonly trap: number | undefined;
  /** How many requests met a fault. */
  readonly 'end faults': number;
  readonly list: StoredFiles;
}

export type StoreRequest = StoreQuestion & { readonly id: number };

export type StoreMessage = { readonly addresses: Required<StoreAddresses> } | { readonly id: number; readonly answer: unknown };
