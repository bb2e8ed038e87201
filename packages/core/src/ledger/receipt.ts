/**
 * How a copy came to be:
 * `stored` (bytes were written), `adopted` (an earlier attempt or another hand had put the same bytes there),
 * `altered-by-destination` (the store rewrote the file after taking the right bytes).
 */
export type ReceiptOutcome = 'stored' | 'adopted' | 'altered-by-destination';

/** Proof that a verified copy exists. Plain data: it can be stored as JSON and read back unchanged. */
export interface Receipt {
  /** The name under which the destination was given to `archiveContract`. */
  readonly destination: string;
  /** The store's name, such as `dropbox`. */
  readonly provider: string;
  readonly key: string;
  /** Composite id, such as `T-19589`. */
  readonly contractId: string;
  /** SpotDraft's `current_version_id`; absent when SpotDraft did not tell. */
  readonly versionId?: string | undefined;
  /** Which document of the contract this is. */
  readonly document: DocumentKind;
  /** The store's own id of the copy. */
  readonly id: string;
  /** Folders and name below the destination's root, joined by `/`. */
  readonly path: string;
  readonly revision?: string | undefined;
  /** Of the document as it was read from SpotDraft, in bytes. */
  readonly size: number;
  /** Of the document as it was read from SpotDraft, SHA-256 in lower-case hex. */
  readonly sha256: string;
  /** As the store reported it, in the store's own algorithm. */
  readonly destinationHash: string;
  readonly webUrl?: string | undefined;
  /** When the copy was verified, ISO 8601 in UTC. */
  readonly storedAt: string;
  readonly outcome: ReceiptOutcome;
}

/** The documents that are archived of one contract. */
export type DocumentKind = 'signed-pdf' | 'docx' | 'manifest';
