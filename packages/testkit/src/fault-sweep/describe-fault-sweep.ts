import { describeCases } from '../conformance/describe-cases.ts';
import { faultSweepCases } from './fault-sweep-cases.ts';
import type { FaultSweepHarnessFactory, FaultSweepOptions } from './fault-sweep-harness.ts';

export interface DescribeFaultSweepOptions extends FaultSweepOptions {
  /** Longest that one case may take, in milliseconds. @default 60_000 */
  readonly timeoutMs?: number | undefined;
}

/**
 * Registers, with vitest, what `archiveContract` promises with a destination whose requests fail.
 *
 * Each request of a small and of a large upload in turn is refused, cut, loses its reply, or is the last of its process. After one more run there must
 * be one file with the right bytes and metadata, and one receipt. Large uploads are skipped, visibly, where a store knows none.
 *
 * @example
 * describeFaultSweep('my adapter', async () => {
 *   const emulator = await startMyEmulator();
 *   const restart = (retry?: RetryOptions) => myAdapter({ baseUrl: emulator.url, token: 'test', retry });
 *   return { emulator, restart, destination: restart(), listPaths: async () => emulator.state.paths(), cleanup: () => emulator.stop() };
 * });
 */
export function describeFaultSweep(name: string, factory: FaultSweepHarnessFactory, options: DescribeFaultSweepOptions = {}): void {
  const { timeoutMs = 60_000, ...sweepOptions } = options;
  describeCases(name, { cases: faultSweepCases(sweepOptions), factory, timeoutMs });
}
