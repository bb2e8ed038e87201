import { DestinationError } from '@spotdraft-archive/core/destination';
import { expect, it } from 'vitest';
import type { AlarmEvent, ArchiveService } from '../src/index.ts';
import { describeOnEngines } from './describe-on-engines.ts';
import { startTestArchive } from './test-archive.ts';
import type { TestEngine } from './test-databases.ts';

const full = new DestinationError('The drive is full.', { code: 'destination.quota_exceeded', recovery: 'operator', hint: 'Make room.' });
const schedule = false;

interface WithoutBox {
  /** That of a contract which waits for the destination that is gone. */
  readonly id: string;
  readonly service: ArchiveService;
  readonly alarms: readonly AlarmEvent[];
}

/** A service whose second destination was parked and then taken out of the configuration. */
async function serviceWithoutBox(engine: TestEngine): Promise<WithoutBox> {
  const { emulator, stores, service: before, createService } = await startTestArchive(engine);
  const { id } = emulator.state.addContract({ title: 'NDA', status: 'EXECUTED' });
  stores.box.store.faults.inject({ times: Number.POSITIVE_INFINITY, error: full });
  expect((await before.archive(id)).state).toBe('parked');
  await before.stop();
  const alarms: AlarmEvent[] = [];
  const onAlarm = (event: AlarmEvent): void => void alarms.push(event);
  const service = createService({ destinations: { drive: stores.drive }, alarms: { onAlarm, everyMs: 20 }, schedule });
  await service.start();
  return { id, service, alarms };
}

describeOnEngines('what is parked under the name of a destination that was removed', (engine) => {
  it('asks for attention and says what to do, until it is resumed by that name', async () => {
    const { id, service, alarms } = await serviceWithoutBox(engine);
    const hint = expect.stringMatching(/"box" any more.*resume\('box'\)/);
    expect(await service.health()).toMatchObject({ status: 'attention', parked: [{ name: 'box', hint }] });
    expect(await service.parked()).toMatchObject([{ name: 'box', isRemoved: true, message: 'The drive is full.', hint }]);
    await expect.poll(() => alarms).toMatchObject([{ type: 'raised', name: 'parked: box', hint }]);

    await service.resume('box');
    await service.idle();
    expect(await service.health()).toMatchObject({ status: 'ok', parked: [], jobs: { parked: 0 } });
    expect((await service.status(id)).state).toBe('archived');
  });

  it('is not taken for a destination that is configured, whose hint is that of its failure', async () => {
    const { emulator, stores, service } = await startTestArchive(engine);
    stores.box.store.faults.inject({ times: Number.POSITIVE_INFINITY, error: full });
    await service.archive(emulator.state.addContract({ title: 'NDA', status: 'EXECUTED' }).id);
    const [parked, ...others] = await service.parked();
    expect([parked?.hint, parked?.isRemoved, others]).toEqual(['Make room.', undefined, []]);
  });
});

describeOnEngines('resume', (engine) => {
  it('refuses a name that nothing has, tells which there are, and resumes nothing', async () => {
    const { service } = await serviceWithoutBox(engine);
    await expect(service.resume('bxo')).rejects.toMatchObject({
      code: 'config.invalid_option',
      details: { option: 'destination' },
      message: expect.stringMatching(/"destination".*"bxo".*Configured are: "drive"\. Parked are: "box"\./),
    });
    expect(await service.parked()).toHaveLength(1);
    // Nothing of these is parked, and nothing is wrong with saying so.
    await service.resume('drive');
    await service.resume('');
    expect(await service.parked()).toHaveLength(1);
  });
});
