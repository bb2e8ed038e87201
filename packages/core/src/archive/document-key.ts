import type { DocumentKind } from '../ledger/receipt.ts';

export interface DocumentKeyParts {
  /** Where contract ids are unique: the region, or the host of a custom base URL. */
  readonly source: string;
  /** Composite id, such as `T-19589`. */
  readonly contractId: string;
  /** SpotDraft's `current_version_id`. */
  readonly versionId: string | undefined;
  readonly document: DocumentKind;
}

/**
 * Names one version of one document for ever, for example `us/T-19589/77120/signed-pdf`.
 *
 * Without a version id the word `unversioned` stands in its place. A hash of the bytes would not do: SpotDraft may render the PDF anew for
 * every download, and each rendering would become another copy.
 */
export function documentKey({ source, contractId, versionId, document }: DocumentKeyParts): string {
  return [source, contractId, versionId ?? 'unversioned', document].map(encodeURIComponent).join('/');
}
