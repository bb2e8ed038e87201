import { describe } from 'vitest';
import { engines, type TestEngine } from './test-databases.ts';

/** Registers a suite once for every kind of database. */
export function describeOnEngines(title: string, suite: (engine: TestEngine) => void): void {
  describe.each(engines)(`${title}, on $name`, (engine) => {
    suite(engine);
  });
}
