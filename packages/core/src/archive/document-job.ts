import type { PropertyLimits } from '../destination/capabilities.ts';
import type { NamingRules } from '../destination/naming-rules.ts';
import type { DocumentPath } from '../destination/storage-destination.ts';
import type { DocumentKind } from '../ledger/receipt.ts';
import type { SpooledDocument } from './spool/spooled-document.ts';

/** One document of one contract version on its way to all destinations. */
export interface DocumentJob {
  readonly key: string;
  /** Composite id, such as `T-19589`. */
  readonly contractId: string;
  readonly versionId: string | undefined;
  readonly document: DocumentKind;
  readonly mediaType: string;
  readonly bytes: SpooledDocument;
  /** The document's path under a destination's rules; with `clash`, the one to take when the first is taken. */
  nameFor(rules: NamingRules, options: { readonly clash: boolean }): DocumentPath;
  /** The metadata to keep with the copy, fitted to a destination's limits. */
  propertiesFor(limits: PropertyLimits): Readonly<Record<string, string>>;
}
