import type { KeyPointer } from './key-pointer.ts';

/** Somebody named in a contract. */
export interface Person {
  readonly name?: string | undefined;
  readonly email?: string | undefined;
}

/** What is known about a contract when it is archived. Gathered from several answers of SpotDraft, as none holds all of it. */
export interface ContractFacts {
  /** Composite id, such as `T-19589`. */
  readonly contractId: string;
  readonly title: string;
  /** SpotDraft's word, such as `EXECUTED`. */
  readonly status: string;
  /** The reference people use, such as `SD-1234`. */
  readonly referenceId?: string | undefined;
  readonly contractType?: string | undefined;
  readonly contractTypeId?: string | undefined;
  /** How the contract came to be, such as `TEMPLATE_CONTRACT`. */
  readonly kind?: string | undefined;
  /** Names of the other sides, in SpotDraft's order. Empty when unknown. */
  readonly counterparties: readonly string[];
  /** Our own legal entity. */
  readonly entity?: string | undefined;
  readonly owner?: Person | undefined;
  readonly createdAt?: Date | undefined;
  readonly executedAt?: Date | undefined;
  /** SpotDraft's `current_version_id`. */
  readonly versionId?: string | undefined;
  /** Metadata values by field name; absent when they were not asked for. */
  readonly keyPointers?: ReadonlyMap<string, KeyPointer> | undefined;
  readonly externalMetadata?: ExternalMetadata | undefined;
}

/** The record of another system, mostly a CRM, that a contract is linked with. */
export interface ExternalMetadata {
  readonly id: string;
  readonly integrationName?: string | undefined;
  readonly recordType?: string | undefined;
  readonly recordData: Readonly<Record<string, unknown>>;
  readonly objectConfigurationId?: string | undefined;
}
