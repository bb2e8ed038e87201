import type { FacetName } from './facets.ts';

/** One value, or several of which one is enough. Upper and lower case are the same. */
export type OneOf = string | readonly string[];

/** Which contracts: those that fit everything given. */
export interface ContractFilter {
  /** Words, or parts of words, in the title, the id, the reference, or any value below; in any order. */
  readonly text?: string | undefined;
  /** Part of the name of another side. */
  readonly counterparty?: string | undefined;
  /** The whole name of the type, as SpotDraft writes it. */
  readonly contractType?: OneOf | undefined;
  /** The whole name of our own legal entity. */
  readonly entity?: OneOf | undefined;
  /** The e-mail address of the owner, or the name of one who has none. */
  readonly owner?: OneOf | undefined;
  /** How the contract came to be, such as `TEMPLATE_CONTRACT`. */
  readonly kind?: OneOf | undefined;
  /** `EXECUTED`, `DELETED` or `VOIDED`, as the archive last heard. */
  readonly sourceState?: OneOf | undefined;
  /** A destination that has a copy of the newest version. */
  readonly destination?: OneOf | undefined;
  /** True: those that the route sent nowhere. */
  readonly isUnrouted?: boolean | undefined;
  /** The whole values of key pointers, by field name, written as in layouts: `{ governing_law: 'England', fee: 'USD 1000' }`. */
  readonly keyPointers?: Readonly<Record<string, OneOf>> | undefined;
  /** The reference people use, such as `SD-1234`. */
  readonly referenceId?: string | undefined;
  /** Both ends of a range belong to it. A date alone, such as `2026-03-31`, is the whole day, in UTC. */
  readonly executedFrom?: Date | string | undefined;
  readonly executedTo?: Date | string | undefined;
  /** In force from a day in this range. */
  readonly effectiveFrom?: Date | string | undefined;
  readonly effectiveTo?: Date | string | undefined;
  /** Ending on a day in this range. */
  readonly expiresFrom?: Date | string | undefined;
  readonly expiresTo?: Date | string | undefined;
}

/** Contracts without such a value come as the smallest. Of these only `contractId` never changes. */
export type ContractOrder = 'archivedAt' | 'executedAt' | 'expiryDate' | 'title' | 'contractId';

/** What to look for, in which order, and which page of it. */
export interface ContractQuery extends ContractFilter {
  /** @default 'archivedAt' */
  readonly orderBy?: ContractOrder | undefined;
  /** @default 'descending' */
  readonly direction?: 'ascending' | 'descending' | undefined;
  /** How many at most. @default 100 */
  readonly limit?: number | undefined;
  /** The `cursor` of the last contract of the page before. Pages stay in step while contracts are archived meanwhile. */
  readonly after?: string | undefined;
}

/** What to count. */
export interface FacetQuery extends ContractFilter {
  /** @default all of them, but no key pointers */
  readonly facets?: readonly FacetName[] | undefined;
  /** How many values of each, the most frequent first. @default 20 */
  readonly top?: number | undefined;
}
