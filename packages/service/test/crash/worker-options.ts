import type { DatabaseOptions } from '../../src/index.ts';

/** What a worker process of the crash test is told, as JSON in its environment variable WORKER. */
export interface WorkerOptions {
  readonly baseUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly hmacKey: string;
  readonly database: DatabaseOptions;
  /** Directories of the destinations, by name. */
  readonly directories: Readonly<Record<string, string>>;
}
