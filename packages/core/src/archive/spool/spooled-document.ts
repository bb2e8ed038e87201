/** A document that was read once from SpotDraft and can now be opened as often as needed. */
export interface SpooledDocument extends AsyncDisposable {
  /** In bytes. */
  readonly size: number;
  /** SHA-256 in lower-case hex. */
  readonly sha256: string;
  /** The digest in every hash that was asked for, by algorithm. */
  readonly hashes: ReadonlyMap<string, string>;
  /** Opens the bytes from `offset` (default 0). Every call gives a new stream. */
  open(offset?: number): ReadableStream<Uint8Array>;
}
