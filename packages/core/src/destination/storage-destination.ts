import type { DestinationCapabilities } from './capabilities.ts';

/** Where a document lies, below the destination's root. Names are already legal for the destination. */
export interface DocumentPath {
  readonly folders: readonly string[];
  readonly name: string;
}

/** Anything JSON can hold. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [name: string]: JsonValue };

/** One document that is ready to be stored: everything about it is known, and its bytes can be opened again and again. */
export interface DocumentToStore {
  /** Names this document version for ever; the same in every attempt. */
  readonly key: string;
  readonly path: DocumentPath;
  readonly mediaType: string;
  /** In bytes. */
  readonly size: number;
  /** SHA-256 in lower-case hex. */
  readonly sha256: string;
  /** The destination's own hash (`capabilities.hash`) of the bytes. */
  readonly hash: string;
  /** Metadata to keep with the copy; the key is not among them. */
  readonly properties: Readonly<Record<string, string>>;
  /** Opens the bytes from `offset` (default 0). Every call gives a new stream. */
  open(offset?: number): ReadableStream<Uint8Array>;
}

/** A copy as the store describes it. Nothing in here is an echo of the request. */
export interface StoredCopy {
  /** The store's own id. It stays the same when the copy is moved or renamed, where the store has such an id. */
  readonly id: string;
  /** Names a state of the content, where the store has revisions. */
  readonly revision?: string | undefined;
  /** Where the copy lies now; absent when the store does not tell without another request. */
  readonly path?: DocumentPath | undefined;
  /** In bytes. */
  readonly size: number;
  /** In the algorithm of `capabilities.hash`; absent when the store did not report one. */
  readonly hash?: string | undefined;
  /** The key stamped on the copy; absent when it carries none. */
  readonly key?: string | undefined;
  readonly properties?: Readonly<Record<string, string>> | undefined;
  /** A page where a person can look at it; a link, never a grant of access. */
  readonly webUrl?: string | undefined;
  /** Ids of further copies with the same key, where the store lets such twins exist. */
  readonly twins?: readonly string[] | undefined;
}

/** What `put` did. */
export interface PutResult {
  readonly copy: StoredCopy;
  /** `stored`: bytes were written. `adopted`: the same bytes were there already under this key, or without any key. */
  readonly outcome: 'stored' | 'adopted';
}

/**
 * Opaque to everyone but the destination that made it. A secret: it may hold the address of an upload session.
 *
 * It belongs to the bytes it was saved for. A destination compares the document's `sha256` with the one it kept in the checkpoint, and when they
 * differ starts the upload over (a pre-made id stays valid).
 */
export type Checkpoint = JsonValue;

export interface PutOptions {
  /**
   * What to do when another file lies at the path.
   *
   * - `fail`: throw `destination.conflict`, whose details name the other file: `existingId`, `existingHash` and, when it carries one,
   *   `existingKey`. A file with the same key or without any key whose bytes are the same is adopted instead.
   * - `replace`: write a new revision over it.
   *
   * @default 'fail'
   */
  readonly ifExists?: 'fail' | 'replace' | undefined;
  /**
   * With `replace`: replace only this copy, wherever it lies now, and throw `destination.conflict` when another one lies at the path or
   * when its revision is no longer this one.
   */
  readonly replaces?: { readonly id: string; readonly revision?: string | undefined } | undefined;
  /**
   * True when an earlier process may have stored this key without anybody remembering. A destination whose create is not atomic by path
   * (`capabilities.atomicCreate`) then looks for the key before it creates; the others find out while they create.
   *
   * @default false
   */
  readonly mayExist?: boolean | undefined;
  /** What an earlier attempt saved last. */
  readonly checkpoint?: Checkpoint | undefined;
  /** Called, and waited for, before each side effect that a later attempt has to know of. */
  readonly saveCheckpoint?: ((checkpoint: Checkpoint) => Promise<void>) | undefined;
  /** Called with the number of bytes that the store has taken so far. */
  readonly onProgress?: ((progress: { readonly bytes: number }) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface FindQuery {
  readonly key: string;
  /** Where the copy was last seen or would be put. Destinations with `keyLookup: 'path-only'` need it. */
  readonly path?: DocumentPath | undefined;
}

export interface OpenOptions {
  /** First byte to read. @default 0 */
  readonly offset?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
}

/** One thing `check` looked at. */
export interface CheckFinding {
  /** What was looked at, for example `folder` or `permission to write`. */
  readonly subject: string;
  readonly ok: boolean;
  /** What was found, as a sentence. */
  readonly message: string;
  /** What to do about it. Given whenever `ok` is false. */
  readonly hint?: string | undefined;
}

export interface CheckReport {
  /** True when every finding is. */
  readonly ok: boolean;
  readonly findings: readonly CheckFinding[];
}

/**
 * A folder in one account that keeps copies: five verbs, nothing else.
 *
 * A destination speaks one store's protocol. Naming, the choice of another name after a conflict, verification, retries across attempts
 * and logging are core's. Every method rejects with the reason of `signal` when it is aborted and with `DestinationError` otherwise.
 */
export interface StorageDestination {
  /** The store's name, such as `dropbox`. */
  readonly provider: string;
  readonly capabilities: DestinationCapabilities;
  /** Looks whether credentials, folder and permissions are in order. Writes nothing that stays. Resolves with `ok: false` instead of throwing. */
  check(options?: CallOptions): Promise<CheckReport>;
  /**
   * Stores a document with its key and properties. Safe to repeat: the same key and bytes end in the same single copy.
   *
   * Rejects with `IntegrityError` `integrity.checksum_mismatch` when `open` gives fewer, more or (where this can be told) other bytes than
   * the document declares, with the stream's own error (or one that has it as its cause) when the stream fails, and with that of
   * `saveCheckpoint` when saving fails. After each of these nothing new lies at the path.
   */
  put(document: DocumentToStore, options?: PutOptions): Promise<PutResult>;
  /**
   * Finds the copy that carries a key. `undefined` means absent; a look-up that failed throws, and so does one without a path
   * (`destination.unsupported`) where the key cannot be searched.
   */
  find(query: FindQuery, options?: CallOptions): Promise<StoredCopy | undefined>;
  /** Describes a copy by its id, wherever it was moved to. `undefined` means absent. */
  stat(id: string, options?: CallOptions): Promise<StoredCopy | undefined>;
  /** Reads a copy back. Throws `destination.not_found` when it is absent. */
  open(id: string, options?: OpenOptions): Promise<ReadableStream<Uint8Array>>;
}
