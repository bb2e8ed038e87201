import { describeCases } from './describe-cases.ts';
import { ledgerCases } from './ledger-cases.ts';
import type { LedgerHarnessFactory } from './ledger-harness.ts';

export interface DescribeLedgerOptions {
  /** Longest that one case may take, in milliseconds. @default 10_000 */
  readonly timeoutMs?: number | undefined;
}

/**
 * Registers, with vitest, every promise that a `Ledger` makes. A ledger that keeps them can be given to `archiveContract`.
 *
 * @example
 * describeLedger('my ledger', async () => {
 *   const database = await openTestDatabase();
 *   return { ledger: myLedger(database), reopen: () => myLedger(database), cleanup: () => database.close() };
 * });
 */
export function describeLedger(name: string, factory: LedgerHarnessFactory, options: DescribeLedgerOptions = {}): void {
  const { timeoutMs = 10_000 } = options;
  describeCases(name, { cases: ledgerCases, factory, timeoutMs });
}
