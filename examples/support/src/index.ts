export { createDatabase } from './create-database.ts';
export type { ExampleOptions, RunningExample } from './start-example.ts';
export { startExample } from './start-example.ts';
export type { ProgramOptions, RunningProgram } from './start-program.ts';
export { startProgram } from './start-program.ts';
