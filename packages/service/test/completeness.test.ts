import type { ContractRow, SpotDraftClient } from '@spotdraft-archive/core';
import { memoryDestination } from '@spotdraft-archive/testkit';
import { expect, it } from 'vitest';
import type { CompletenessException } from '../src/index.ts';
import { completeness } from '../src/repair/completeness.ts';
import { describeOnEngines } from './describe-on-engines.ts';
import { startTestArchive } from './test-archive.ts';
import { openTestQueue } from './test-queue.ts';

const march = { from: '2026-03-01', to: '2026-03-31' };
const on = (day: number): Date => new Date(Date.UTC(2026, 2, day, 9));

describeOnEngines('completeness', (engine) => {
  it('counts contracts without a date of execution by their creation, and no dated contract of another range', async () => {
    const { emulator, service } = await startTestArchive(engine);
    const add = (id: string, created: number, executed?: number): void => {
      const contract = emulator.state.addContract({ title: id, id, status: 'EXECUTED', createdAt: on(created) });
      contract.executedAt = executed === undefined ? undefined : on(executed).getTime();
    };
    add('T-1', 3, 4);
    add('T-2', 3, 40);
    add('H-3', 5);
    add('T-4', 6);
    add('T-5', 40);
    for (const id of ['T-1', 'T-2', 'T-4']) await service.archive(id);
    expect(await service.completeness(march)).toMatchObject({
      sentence:
        '3 contracts executed between 2026-03-01 and 2026-03-31, 2 of them by their creation as they have no date of execution, ' +
        '2 archived and verified in drive, 2 in box; exceptions: H-3.',
      executed: 3,
      undated: 2,
      archived: { drive: 2, box: 2 },
      isComplete: false,
      exceptions: [{ contractId: 'H-3', destinations: ['drive', 'box'], job: 'none' }],
      oldest: { contractId: 'H-3', executedAt: on(5) },
    });
  });

  it('keeps ten thousand exceptions, counts them all, and tells all of them to whoever wants them', async () => {
    const { options, drop } = await engine.create();
    const { store, close } = await openTestQueue(options);
    const count = 10_250;
    async function* list({ executedFrom }: { executedFrom?: unknown }): AsyncGenerator<ContractRow> {
      const rows = executedFrom instanceof Date && executedFrom.getTime() === Date.parse('2026-03-01') ? count : 0;
      for (let number = 1; number <= rows; number += 1)
        yield { contractId: `T-${number}`, numericId: number, title: 'NDA', status: 'EXECUTED', counterparties: [] };
    }
    const contracts = { list, processMetrics: async () => ({ executedAt: undefined }) };
    const survey = {
      database: store.sql,
      queue: store.queue,
      spotdraft: { source: 'test', contracts } as unknown as SpotDraftClient,
      destinations: { drive: memoryDestination() },
      now: Date.now,
      wake: () => {},
    };
    const told: CompletenessException[] = [];
    let isTelling = false;
    const onExceptions = async (exceptions: readonly CompletenessException[]): Promise<void> => {
      expect(isTelling).toBe(false);
      isTelling = true;
      await new Promise(setImmediate);
      told.push(...exceptions);
      isTelling = false;
    };
    const result = await completeness({ ...march, onExceptions }, survey);
    expect(result.exceptions).toHaveLength(10_000);
    expect(result).toMatchObject({ executed: count, exceptionCount: count, isComplete: false });
    expect(result.sentence).toMatch(/exceptions: T-1, .*, T-10 and 10240 more\.$/);
    expect(new Set(told.map(({ contractId }) => contractId)).size).toBe(count);
    expect(told).toHaveLength(count);
    await close();
    await drop();
  });
});
