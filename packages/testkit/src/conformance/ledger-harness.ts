import type { Ledger } from '@spotdraft-archive/core';

/** What a ledger's author gives the suite. */
export interface LedgerHarness {
  /** A ledger that is empty. */
  readonly ledger: Ledger;
  /** Another ledger on the same rows that shares nothing with the first one: what another process would have. */
  readonly reopen?: (() => Ledger | Promise<Ledger>) | undefined;
  /** Runs after the case, whatever its outcome. */
  readonly cleanup?: (() => Promise<void> | void) | undefined;
}

/** Makes a fresh harness for one case. */
export type LedgerHarnessFactory = () => LedgerHarness | Promise<LedgerHarness>;
