import type { ConformanceCase, Requirement } from './conformance-case.ts';
import type { LedgerHarness } from './ledger-harness.ts';

/** One promise of a `Ledger`. */
export type LedgerCase = ConformanceCase<LedgerHarness>;

/** The rows can be opened by another process. */
export const canReopen: Requirement<LedgerHarness> = {
  reason: 'the harness has no "reopen"',
  isMet: ({ reopen }) => reopen !== undefined,
};
