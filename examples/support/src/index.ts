export { createDatabase } from './create-database.ts';
export type { ExampleOptions, RunningExample } from './start-example.ts';
export { startExample } from './start-example.ts';
