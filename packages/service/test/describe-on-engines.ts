import { describe, expect, it } from 'vitest';
import { engines, type TestEngine } from './test-databases.ts';

/** Registers a suite once for every kind of database; where one is missing, a skipped test tells why. */
export function describeOnEngines(title: string, suite: (engine: TestEngine) => void): void {
  for (const engine of engines) {
    const { name, missing } = engine;
    if (missing !== undefined) it.skip(`${title}, on ${name}, which is missing: ${missing}`, () => expect.unreachable());
    else {
      describe(`${title}, on ${name}`, () => {
        suite(engine);
      });
    }
  }
}
