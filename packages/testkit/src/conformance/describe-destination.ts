import { describeCases } from './describe-cases.ts';
import { destinationCases } from './destination-cases.ts';
import type { DestinationHarnessFactory } from './destination-harness.ts';

export interface DescribeDestinationOptions {
  /** Longest that one case may take, in milliseconds. @default 60_000 */
  readonly timeoutMs?: number | undefined;
}

/**
 * The conformance suite: registers, with vitest, every promise that a `StorageDestination` makes.
 *
 * The factory is called once to see which cases apply and then once for each case. Cases that need a capability or a hook which is missing
 * are skipped, with the reason in their title.
 *
 * @example
 * describeDestination('my adapter', async () => {
 *   const emulator = await startMyEmulator();
 *   return { destination: myAdapter({ baseUrl: emulator.url, token: 'test' }), cleanup: () => emulator.stop() };
 * });
 */
export function describeDestination(name: string, factory: DestinationHarnessFactory, options: DescribeDestinationOptions = {}): void {
  const { timeoutMs = 60_000 } = options;
  describeCases(name, { cases: destinationCases, factory, timeoutMs });
}
