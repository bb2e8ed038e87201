import type { ContractFacts } from '../contract/contract-facts.ts';
import type { NamingRules } from '../destination/naming-rules.ts';
import type { DocumentPath } from '../destination/storage-destination.ts';
import type { DocumentKind } from '../ledger/receipt.ts';
import { clashSuffix } from './clash-suffix.ts';
import { fitPath, type PathComponent } from './fit-path.ts';
import type { Layout } from './layout.ts';
import { nameParts } from './name-parts.ts';

export interface NameDocumentOptions {
  readonly layout: Layout;
  /** What the destination accepts: `destination.capabilities.naming`. */
  readonly rules: NamingRules;
  /** Which document of the contract is named. Decides the extension and nothing else. */
  readonly document: DocumentKind;
  /** What the suffix is made from when the name clashes. With one key for all documents of a contract version they share the suffix. */
  readonly key: string;
  /** True when another contract has taken the plain name. @default false */
  readonly clash?: boolean | undefined;
}

const extensions: Readonly<Record<DocumentKind, string>> = { 'signed-pdf': '.pdf', docx: '.docx', manifest: '.json' };
const longestExtension = Math.max(...Object.values(extensions).map((extension) => extension.length));

/**
 * Gives the folders and the file name of a document: legal under the rules whatever the contract is called, and the same for the same input.
 *
 * The documents of one contract differ only in the extension, so they lie side by side. Room for the longest one is kept, or else a title that
 * just fits beside `.pdf` would be cut differently beside `.docx`.
 *
 * ```ts
 * nameDocument(facts, { layout: layouts.native, rules: destination.capabilities.naming, document: 'signed-pdf', key });
 * // { folders: ['NDA', 'Acme Inc'], name: 'Mutual NDA-03312026.pdf' }
 * ```
 *
 * Throws `DestinationError` `destination.name_rejected` only for rules that leave no room for any name.
 */
export function nameDocument(facts: ContractFacts, options: NameDocumentOptions): DocumentPath {
  const { layout, rules, document, key, clash = false } = options;
  const segments = layout.segments.map((segment) => nameParts(facts, segment, { rules, timeZone: layout.timeZone }));
  const folders = segments
    .slice(0, -1)
    .filter((parts) => parts.length > 0)
    .map((parts): PathComponent => ({ parts, ending: '', spareLength: 0 }));
  const extension = extensions[document];
  const file: PathComponent = {
    parts: segments.at(-1) ?? [],
    ending: (clash ? clashSuffix(key) : '') + extension,
    spareLength: longestExtension - extension.length,
  };
  const names = fitPath([...folders, file], rules);
  return { folders: names.slice(0, -1), name: names.at(-1) ?? '' };
}
