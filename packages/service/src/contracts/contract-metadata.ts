import type { ContractFacts, ExternalMetadata, KeyPointer, Person } from '@spotdraft-archive/core';
import type { IndexSettings } from './index-options.ts';

/** What the index keeps of a contract beside its id, title and type. Plain data. */
export interface ContractMetadata {
  /** Names of the other sides. */
  readonly counterparties: readonly string[];
  /** Our own legal entity. Known when a webhook told it. */
  readonly entity?: string | undefined;
  /** How the contract came to be, such as `TEMPLATE_CONTRACT`. Known when a webhook told it. */
  readonly kind?: string | undefined;
  readonly owner?: Person | undefined;
  /** ISO 8601, in UTC. */
  readonly createdAt?: string | undefined;
  /** ISO 8601, in UTC. Known when a webhook told of the execution, or the layout or the index asked for it. */
  readonly executedAt?: string | undefined;
  /** The day from which it is in force, such as `2026-03-31`, by its key pointer. */
  readonly effectiveDate?: string | undefined;
  /** The day on which it ends, such as `2029-03-31`, by its key pointer. */
  readonly expiryDate?: string | undefined;
  /** Metadata values; absent unless `index.keyPointers` is set. */
  readonly keyPointers?: readonly KeyPointer[] | undefined;
  /** The record of another system, mostly a CRM, when webhook or list told it. */
  readonly externalMetadata?: ExternalMetadata | undefined;
  /** When the webhook was sent that describes the contract so. ISO 8601, in UTC. */
  readonly describedAt?: string | undefined;
  /** SpotDraft's page of the contract. */
  readonly sourceUrl?: string | undefined;
}

export function metadataOf(facts: ContractFacts, settings: Pick<IndexSettings, 'effectiveDate' | 'expiryDate'>): ContractMetadata {
  const { counterparties, entity, kind, owner, createdAt, executedAt, keyPointers, externalMetadata } = facts;
  return {
    counterparties,
    entity,
    kind,
    owner,
    createdAt: createdAt?.toISOString(),
    executedAt: executedAt?.toISOString(),
    effectiveDate: dayOf(keyPointers?.get(settings.effectiveDate)),
    expiryDate: dayOf(keyPointers?.get(settings.expiryDate)),
    keyPointers: keyPointers && [...keyPointers.values()].map((pointer) => ({ ...pointer })),
    externalMetadata,
  };
}

/** Dates are texts such as `2026-03-31`, with a time at most. */
function dayOf(pointer: KeyPointer | undefined): string | undefined {
  const { value } = pointer ?? {};
  return typeof value === 'string' ? /^\d{4}-\d\d-\d\d(?=$|T)/.exec(value)?.[0] : undefined;
}
