import { metadataText } from '@spotdraft-archive/core';
import type { ContractMetadata } from './contract-metadata.ts';
import { foldText } from './fold-text.ts';

/** A property that contracts are filtered and counted by. */
export type FacetName =
  | 'contractType'
  | 'counterparty'
  | 'entity'
  | 'owner'
  | 'kind'
  | 'destination'
  | 'sourceState'
  | `keyPointer.${string}`;

export interface Facet {
  readonly name: FacetName;
  /** As it is compared. */
  readonly value: string;
  /** As people write it. */
  readonly label: string;
}

export interface FacetSource {
  readonly contractType: string | undefined;
  readonly sourceState: string;
  readonly metadata: ContractMetadata;
  /** The destinations that have a copy. */
  readonly destinations: readonly string[];
}

/** Longer values are told apart by their beginning; nobody picks a paragraph from a list. */
const maxLength = 200;

/** What a contract can be found and counted under, each once. */
export function facetsOf({ contractType, sourceState, metadata, destinations }: FacetSource): readonly Facet[] {
  const { counterparties, entity, owner, kind, keyPointers = [] } = metadata;
  const labels: readonly (readonly [FacetName, string | undefined])[] = [
    ['contractType', contractType],
    ['entity', entity],
    ['owner', owner?.email ?? owner?.name],
    ['kind', kind],
    ['sourceState', sourceState],
    ...counterparties.map((name) => ['counterparty', name] as const),
    ...destinations.map((name) => ['destination', name] as const),
    ...keyPointers.map(({ fieldName, value }) => [`keyPointer.${fieldName}`, metadataText(value)] as const),
  ];
  const facets = labels.flatMap(([name, label]) => (label === undefined || label.trim() === '' ? [] : facetOf(name, label)));
  return [...new Map(facets.map((facet) => [JSON.stringify([facet.name, facet.value]), facet])).values()];
}

/** A facet as it is stored and looked for. */
export function facetOf(name: FacetName, label: string): Facet {
  const short = Array.from(label.trim()).slice(0, maxLength).join('');
  return { name, value: foldText(short), label: short };
}
