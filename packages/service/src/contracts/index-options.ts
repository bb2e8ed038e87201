import type { ContractFact } from '@spotdraft-archive/core';
import { optionError } from '../option-error.ts';

/** What the index keeps beside what webhooks, lists and the layout tell for free. */
export interface IndexOptions {
  /** Keep the key pointers. Costs one request for each contract, unless the layout asks for them anyway. @default false */
  readonly keyPointers?: boolean | undefined;
  /**
   * Make sure of the date of execution. The webhook of the execution tells it; otherwise it costs one request for each contract, unless the
   * layout asks for it anyway.
   *
   * @default false
   */
  readonly executedAt?: boolean | undefined;
  /** Field name of the key pointer that holds the day from which a contract is in force. Needs `keyPointers`. @default 'effective_date' */
  readonly effectiveDate?: string | undefined;
  /** Field name of the key pointer that holds the day on which a contract ends. Needs `keyPointers`. @default 'expiry_date' */
  readonly expiryDate?: string | undefined;
}

export interface IndexSettings {
  /** What is asked for each contract. */
  readonly facts: readonly ContractFact[];
  readonly effectiveDate: string;
  readonly expiryDate: string;
}

/** Throws `ConfigurationError` that names the option and the remedy. */
export function checkIndexOptions(options: IndexOptions = {}): IndexSettings {
  const { keyPointers = false, executedAt = false, effectiveDate, expiryDate } = options;
  for (const [name, value] of Object.entries({ keyPointers, executedAt })) {
    if (typeof value !== 'boolean') throw optionError(`index.${name}`, 'Pass true or false.', 'config.invalid_option');
  }
  for (const [name, value] of Object.entries({ effectiveDate, expiryDate })) {
    if (value === undefined) continue;
    if (typeof value !== 'string' || value === '') throw optionError(`index.${name}`, 'Pass a field name.', 'config.invalid_option');
    if (!keyPointers)
      throw optionError(`index.${name}`, 'It is read from the key pointers: pass keyPointers: true too.', 'config.invalid_option');
  }
  return {
    facts: [...(keyPointers ? (['keyPointers'] as const) : []), ...(executedAt ? (['executedAt'] as const) : [])],
    effectiveDate: effectiveDate ?? 'effective_date',
    expiryDate: expiryDate ?? 'expiry_date',
  };
}
