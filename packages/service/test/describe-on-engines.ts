import { describe, expect, it } from 'vitest';
import { engines, type TestEngine } from './test-databases.ts';

const available = engines.filter(({ missing }) => missing === undefined);
const absent = engines.filter(({ missing }) => missing !== undefined);

/** Registers a suite once for every kind of database; where one is missing, a skipped test tells why. */
export function describeOnEngines(title: string, suite: (engine: TestEngine) => void): void {
  describe.each(available)(`${title}, on $name`, (engine) => {
    suite(engine);
  });
  it.for(absent)(`${title}, on $name`, ({ missing }, { skip }) => {
    expect(missing).toBeDefined();
    skip(missing);
  });
}
