import type { ConformanceCase } from './conformance-case.ts';
import type { DestinationHarness } from './destination-harness.ts';

/** One promise of a `StorageDestination`. */
export type DestinationCase = ConformanceCase<DestinationHarness>;
