import type { DatabaseOptions } from '../../src/index.ts';
import type { StoreAddresses } from './stores.ts';

/** What a worker process is told, as JSON in its environment variable WORKER. */
export interface WorkerOptions {
  readonly baseUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly hmacKey: string;
  readonly database: DatabaseOptions;
  readonly stores: StoreAddresses;
  /** A folder that makes them start faster. */
  readonly compileCache?: string | undefined;
}
