import { describe, it } from 'vitest';
import { engines, type TestEngine } from './test-databases.ts';

/** Registers a suite once for every kind of database; where one is missing, a skip tells why. */
export function describeOnEngines(title: string, suite: (engine: TestEngine) => void): void {
  for (const engine of engines) {
    describe(`${title}, on ${engine.name}`, () => {
      if (engine.missing === undefined) suite(engine);
      else it.skip(`is not tested: ${engine.missing}`);
    });
  }
}
