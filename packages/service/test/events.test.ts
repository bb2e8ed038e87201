import { DestinationError } from '@spotdraft-archive/core/destination';
import { expect, it } from 'vitest';
import type { ArchiveServiceOptions } from '../src/index.ts';
import { startTestArchive } from './test-archive.ts';
import { engines } from './test-databases.ts';

type ToldEvent = Parameters<NonNullable<ArchiveServiceOptions['onEvent']>>[0];

it('a service tells of webhooks and of what becomes of jobs, logs both, and survives a listener that throws', async () => {
  const told: ToldEvent[] = [];
  const onEvent = (event: ToldEvent): void => {
    told.push(event);
    throw new Error('listener');
  };
  const lines: (readonly [string, string])[] = [];
  const fields: object[] = [];
  const line = (level: string) => (entry: object, message: string) => {
    fields.push(entry);
    lines.push([level, message]);
  };
  const logger = { debug: line('debug'), info: line('info'), warn: line('warn'), error: line('error') };
  const { emulator, stores, service, settled } = await startTestArchive(engines[0]!, { service: { onEvent, logger } });
  const fault = stores.box.store.faults.inject({
    times: Number.POSITIVE_INFINITY,
    error: new DestinationError('Full.', { code: 'destination.quota_exceeded', recovery: 'operator' }),
  });
  const { id, number } = emulator.state.importExecuted({ title: 'Project Halcyon', counterparties: ['Secretive GmbH'] });
  await settled();
  fault.remove();
  await service.resume('box');
  await settled();

  const ofType = (type: ToldEvent['type']) => told.filter((event) => event.type === type);
  expect(ofType('webhook.accepted')[0]).toMatchObject({ contractNumber: number, deliveryId: expect.stringMatching(/^[0-9a-f]{64}$/) });
  const ended = { type: 'job.ended', subject: String(number), contractId: id, dueAt: undefined };
  expect(ofType('job.ended')).toEqual([
    { ...ended, state: 'parked', attempts: 1, failures: { box: 'destination.quota_exceeded' } },
    { ...ended, state: 'done', attempts: 1, failures: {} },
  ]);
  expect(ofType('contract.archived')).toHaveLength(1);
  expect(lines).toContainEqual(['debug', 'webhook.accepted']);
  expect(lines).toContainEqual(['warn', 'job.ended']);
  expect(JSON.stringify(fields)).not.toMatch(/Halcyon|Secretive/);
  expect(JSON.stringify(told)).not.toMatch(/Halcyon|Secretive/);
  const { box } = (await service.status(id)).receipts;
  expect(box?.path).toMatch(/Secretive GmbH/);
  expect(ofType('document.stored')).toContainEqual(
    expect.objectContaining({ destination: 'box', receipt: { ...box, path: undefined, webUrl: undefined } }),
  );
});
