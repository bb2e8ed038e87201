import type { ContractFacts } from '../contract/contract-facts.ts';
import type { LayoutField } from './layout-fields.ts';

/** A property of `ContractFacts`. */
export type ContractFact = keyof ContractFacts;

/** Text that stands in every name as it is. */
export interface TextPart {
  readonly type: 'text';
  readonly text: string;
}

/** A place for a value of the contract, such as `{executedAt:yyyy}` or `{counterparty|Unknown}`. */
export interface FieldPart {
  readonly type: 'field';
  readonly field: LayoutField;
  /** How a date is written, such as `yyyy-MM`. */
  readonly pattern?: string | undefined;
  /** What stands there when the contract has no such value. */
  readonly default?: string | undefined;
}

/** A part in `[...]`, which vanishes when a field inside it has no value. */
export interface OptionalPart {
  readonly type: 'optional';
  readonly parts: readonly (TextPart | FieldPart)[];
}

export type LayoutPart = TextPart | FieldPart | OptionalPart;

/** The template of folders and file name, checked and ready for `nameDocument`. Plain, frozen data: it can be shared and compared. */
export interface Layout {
  /** As it was written. */
  readonly template: string;
  /** The IANA time zone in which dates are written. */
  readonly timeZone: string;
  /** The facts about a contract that its names are made of, sorted. What is not listed need not be asked for. */
  readonly fields: readonly ContractFact[];
  /** The folders and last the file name, without its extension. */
  readonly segments: readonly (readonly LayoutPart[])[];
}
