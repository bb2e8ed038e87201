import { attemptCases } from './cases/ledger-attempt-cases.ts';
import { fencingCases } from './cases/ledger-fencing-cases.ts';
import { ledgerListCases } from './cases/ledger-list-cases.ts';
import { recordCases } from './cases/ledger-record-cases.ts';
import type { LedgerCase } from './ledger-case.ts';

/** Every promise of a `Ledger`, as data: for runners other than vitest, and for checking the suite itself. */
export const ledgerCases: readonly LedgerCase[] = [...attemptCases, ...recordCases, ...fencingCases, ...ledgerListCases];
