import type { ContractFacts } from '../contract/contract-facts.ts';
import type { PropertyLimits } from '../destination/capabilities.ts';
import { type PropertyName, propertyNames } from '../destination/property-names.ts';
import type { DocumentKind } from '../ledger/receipt.ts';

export interface DocumentPropertiesOptions {
  readonly source: string;
  readonly document: DocumentKind;
  /** SHA-256 in lower-case hex. */
  readonly sha256: string;
  readonly limits: PropertyLimits;
}

/**
 * The metadata that travels with a copy, most important first: what does not fit the destination's limits is shortened, and what comes last
 * is left out when there are too many.
 */
export function documentProperties(facts: ContractFacts, options: DocumentPropertiesOptions): Record<string, string> {
  const { source, document, sha256, limits } = options;
  const values: Record<PropertyName, string | undefined> = {
    contractId: facts.contractId,
    versionId: facts.versionId,
    document,
    sha256,
    source,
    title: facts.title,
    contractType: facts.contractType,
    counterparties: facts.counterparties.join('; '),
    executedAt: facts.executedAt?.toISOString(),
    referenceId: facts.referenceId,
    entity: facts.entity,
    owner: facts.owner?.name,
    createdAt: facts.createdAt?.toISOString(),
  };
  const given = propertyNames.flatMap((name) => (values[name] ? [[name, fit(name, values[name], limits)] as const] : []));
  return Object.fromEntries(given.slice(0, limits.maxCount));
}

function fit(name: string, value: string, { maxValueBytes, maxEntryBytes = Number.POSITIVE_INFINITY }: PropertyLimits): string {
  const room = Math.min(maxValueBytes, maxEntryBytes - Buffer.byteLength(name));
  return Buffer.byteLength(value) <= room ? value : shorten(value, room);
}

/** Cuts between characters, never inside one. */
function shorten(value: string, maxBytes: number): string {
  const ellipsis = '…';
  let shortened = '';
  let bytes = Buffer.byteLength(ellipsis);
  for (const character of value) {
    bytes += Buffer.byteLength(character);
    if (bytes > maxBytes) break;
    shortened += character;
  }
  return shortened + ellipsis;
}
