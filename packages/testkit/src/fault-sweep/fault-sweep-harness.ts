import type { RetryOptions, StorageDestination } from '@spotdraft-archive/core/destination';
import type { DestinationHarness } from '../conformance/destination-harness.ts';
import type { Emulator, FaultAction, RecordedRequest } from '../emulator/index.ts';

/** What the author of a destination gives the sweep: a harness of the conformance suite, and the emulated store whose requests fail. */
export interface FaultSweepHarness extends DestinationHarness {
  /** Where requests fail. */
  readonly emulator: Pick<Emulator, 'faults' | 'onRequest'>;
  /** Makes a destination that shares nothing with the others: what a process has that was just started. It repeats requests as `retry` says. */
  readonly restart: (retry: RetryOptions) => StorageDestination;
  /** Throws when an upload left something behind besides its copy, such as an open session. Called after each contract. */
  readonly assertTidy?: (() => Promise<void> | void) | undefined;
}

/** Makes a fresh harness for one case. */
export type FaultSweepHarnessFactory = () => FaultSweepHarness | Promise<FaultSweepHarness>;

export interface FaultSweepOptions {
  /** Further faults, or other ones under a title of `defaultFaults`. The title ends the sentence "whichever request of a small upload ...". */
  readonly faults?: Readonly<Record<string, FaultAction>> | undefined;
  /**
   * Requests whose lost answer no further run can mend, such as one that answers with an address which the store tells once only. They are spared
   * wherever the answer would be lost.
   */
  readonly isIrretrievable?: ((request: RecordedRequest) => boolean) | undefined;
}
