import type { ContractFacts } from '../contract/contract-facts.ts';
import type { ArchiveError } from '../errors/archive-error.ts';
import type { DocumentKind, Receipt } from '../ledger/receipt.ts';
import type { Destinations } from './archive-options.ts';

/** What became of one document, destination by destination: each name is either in `receipts` or in `failures`. */
export interface DocumentResult<Name extends string = string> {
  readonly document: DocumentKind;
  /** As it was read from SpotDraft, in bytes. */
  readonly size: number;
  /** As it was read from SpotDraft, SHA-256 in lower-case hex. */
  readonly sha256: string;
  readonly receipts: Readonly<Partial<Record<Name, Receipt>>>;
  readonly failures: Readonly<Partial<Record<Name, ArchiveError>>>;
}

/** What became of a contract. One destination's failure never hides another's receipt. */
export interface ArchiveResult<Given extends Destinations = Destinations> {
  /** Composite id, such as `T-19589`. */
  readonly contractId: string;
  /** SpotDraft's `current_version_id`; absent when SpotDraft did not tell. */
  readonly versionId: string | undefined;
  /** What was learnt of the contract on the way: what the input told, `facts`, and what layout and manifest needed. */
  readonly contract: ContractFacts;
  /** The names of the destinations that it goes to: all of them, unless `route` chose. */
  readonly destinations: readonly (keyof Given & string)[];
  /** True when every document lies verified in every destination that it goes to. */
  readonly complete: boolean;
  /** Of the signed PDF, by destination. */
  readonly receipts: Readonly<Partial<Record<keyof Given & string, Receipt>>>;
  /** The first failure of each destination, whichever document it was. */
  readonly failures: Readonly<Partial<Record<keyof Given & string, ArchiveError>>>;
  /** Every document that was archived, the signed PDF first. */
  readonly documents: readonly DocumentResult<keyof Given & string>[];
}
