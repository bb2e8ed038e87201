import { documentOf, type FixtureDocument } from '../../fixtures/fixture-document.ts';
import { largePdf } from '../../fixtures/large-pdf.ts';

/** Where the bytes of a document come from: given, made by size, or made by a function when they are first asked for. */
export type DocumentSource =
  | Uint8Array
  | { readonly size: number }
  | FixtureDocument
  | (() => Uint8Array | FixtureDocument | Promise<Uint8Array | FixtureDocument>);

/** Makes the document of a source. A `{ size }` becomes a PDF of exactly that many bytes, which is never in memory. */
export async function resolveDocument(source: DocumentSource): Promise<FixtureDocument> {
  const resolved = typeof source === 'function' ? await source() : source;
  if (resolved instanceof Uint8Array) return documentOf(resolved);
  return isDocument(resolved) ? resolved : largePdf({ bytes: resolved.size });
}

function isDocument(source: { readonly size: number } | FixtureDocument): source is FixtureDocument {
  return 'open' in source;
}
