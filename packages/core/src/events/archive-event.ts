import type { Recovery } from '../errors/archive-error.ts';
import type { DocumentKind } from '../ledger/receipt.ts';
import type { ReceiptReference } from './receipt-reference.ts';

/** What every event about one document in one destination tells. */
interface CopyFacts {
  readonly contractId: string;
  readonly document: DocumentKind;
  readonly destination: string;
  readonly key: string;
}

/** The contract was found to be executed. */
export interface ContractConfirmed {
  readonly type: 'contract.confirmed';
  readonly contractId: string;
}

/** SpotDraft has no usable document yet, or the download went wrong; the next try follows in `retryInMs`. */
export interface DocumentDelayed {
  readonly type: 'document.delayed';
  readonly contractId: string;
  readonly document: DocumentKind;
  readonly code: string;
  readonly attempt: number;
  readonly retryInMs: number;
}

/** The document was read from SpotDraft, whole and unaltered. */
export interface DocumentDownloaded {
  readonly type: 'document.downloaded';
  readonly contractId: string;
  readonly document: DocumentKind;
  /** In bytes. */
  readonly size: number;
  readonly sha256: string;
  readonly durationMs: number;
}

/** SpotDraft has no such document of this contract, for example no DOCX of one that was imported as PDF. */
export interface DocumentAbsent {
  readonly type: 'document.absent';
  readonly contractId: string;
  readonly document: DocumentKind;
}

/** A destination took more bytes. */
export interface DocumentProgressed extends CopyFacts {
  readonly type: 'document.progressed';
  /** Taken so far. */
  readonly bytes: number;
  /** Of the document, in bytes. */
  readonly size: number;
}

/** The wanted path was taken by another contract's document, so the copy gets a suffix. */
export interface NameClashed extends CopyFacts {
  readonly type: 'name.clashed';
}

/** A new version was to become a revision of the earlier copy, but that was changed or removed meanwhile: it is stored beside it. */
export interface RevisionRefused extends CopyFacts {
  readonly type: 'revision.refused';
  /** Of the copy that is left as it is. */
  readonly earlier: ReceiptReference;
}

/** A verified copy exists and its receipt is in the ledger. */
export interface DocumentStored extends CopyFacts {
  readonly type: 'document.stored';
  readonly receipt: ReceiptReference;
  readonly durationMs: number;
}

/** The ledger already held a receipt, so nothing was done. */
export interface DocumentSkipped extends CopyFacts {
  readonly type: 'document.skipped';
  readonly receipt: ReceiptReference;
}

/** A destination has no verified copy after this attempt. */
export interface DocumentFailed extends CopyFacts {
  readonly type: 'document.failed';
  readonly code: string;
  readonly recovery: Recovery;
  readonly message: string;
}

/** Every document lies verified in every destination. */
export interface ContractArchived {
  readonly type: 'contract.archived';
  readonly contractId: string;
  readonly durationMs: number;
}

/**
 * What happens while a contract is archived. Holds ids, sizes, hashes, and receipts without their paths and links; never a credential, a link or the
 * name of a party.
 */
export type ArchiveEvent =
  | ContractConfirmed
  | DocumentDelayed
  | DocumentDownloaded
  | DocumentAbsent
  | DocumentProgressed
  | NameClashed
  | RevisionRefused
  | DocumentStored
  | DocumentSkipped
  | DocumentFailed
  | ContractArchived;
