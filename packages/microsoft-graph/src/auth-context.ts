import type { Clock } from '@spotdraft-archive/core/destination';
import type { Cloud } from './clouds.ts';

/** What every way to a token needs to know. */
export interface AuthContext {
  readonly provider: string;
  readonly cloud: Cloud;
  readonly fetch?: typeof globalThis.fetch | undefined;
  readonly clock?: Clock | undefined;
}
