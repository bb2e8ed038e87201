import { afterAll, describe } from 'vitest';
import { ReadySchemas } from './ready-schemas.ts';
import { engines, schemasFrom, type TestEngine } from './test-databases.ts';

/** Registers a suite once for every kind of database. */
export function describeOnEngines(title: string, suite: (engine: TestEngine) => void): void {
  describe.each(engines)(`${title}, on $name`, (engine) => {
    if (engine.name !== 'PostgreSQL') {
      suite(engine);
      return;
    }
    const ready = new ReadySchemas();
    afterAll(() => ready.drop());
    suite({ ...engine, ...schemasFrom(() => ready.take()) });
  });
}
