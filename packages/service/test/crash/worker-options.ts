import type { DatabaseOptions } from '../../src/index.ts';
import type { StoreAddresses } from './stores.ts';

/** What a worker process is told when it shall start. */
export interface WorkerOptions {
  readonly baseUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly hmacKey: string;
  readonly database: DatabaseOptions;
  readonly stores: StoreAddresses;
  /** After how long a silent worker is taken for dead. @default soon, so that much happens in a few seconds */
  readonly leaseMs?: number | undefined;
}
