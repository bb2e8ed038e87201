import { DestinationError } from '@spotdraft-archive/core/destination';
import { expect, it } from 'vitest';
import { alarmSettings } from '../src/alarms/alarm-options.ts';
import { tellAlarms } from '../src/alarms/tell-alarms.ts';
import { noteMissed } from '../src/alarms/webhook-silence.ts';
import { openDatabase } from '../src/database/open-database.ts';
import type { AlarmEvent, AlarmOptions } from '../src/index.ts';
import { describeOnEngines } from './describe-on-engines.ts';
import { startTestArchive, type TestArchive } from './test-archive.ts';
import type { TestEngine } from './test-databases.ts';

const fullDrive = new DestinationError('The drive is full.', {
  code: 'destination.quota_exceeded',
  recovery: 'operator',
  hint: 'Make room.',
});
const missing = [{ kind: 'missing', action: 'archive' }] as const;
/** Somebody has told of it. */
const waiting = [{ kind: 'missing', action: 'none' }] as const;
const forever = { times: Number.POSITIVE_INFINITY };

interface AlarmedArchive extends TestArchive {
  /** What was told, such as `raised parked: box`, in order. */
  readonly told: () => readonly string[];
  readonly events: readonly AlarmEvent[];
}

async function startAlarmed(engine: TestEngine, options: Partial<AlarmOptions> = {}): Promise<AlarmedArchive> {
  const events: AlarmEvent[] = [];
  const alarms = { everyMs: 15, onAlarm: (event: AlarmEvent) => events.push(event), ...options };
  const archive = await startTestArchive(engine, { service: { alarms } });
  return { ...archive, events, told: () => events.map(({ type, name }) => `${type} ${name}`) };
}

describeOnEngines('an alarm', (engine) => {
  it('is raised once when a destination is parked, and cleared once when it is resumed', async () => {
    const { emulator, stores, service, createService, told, events } = await startAlarmed(engine);
    const others: AlarmEvent[] = [];
    const other = createService({ alarms: { everyMs: 15, onAlarm: (event) => others.push(event) } });
    await other.start();
    const all = () => [...told(), ...others.map(({ type, name }) => `${type} ${name}`)].toSorted();
    const fault = stores.box.store.faults.inject({ ...forever, error: fullDrive });
    await service.archive(emulator.state.addContract({ title: 'NDA', status: 'EXECUTED' }).id);
    await expect.poll(all).toEqual(['raised parked: box']);
    expect([...events, ...others][0]).toMatchObject({
      kind: 'parked',
      hint: 'Make room.',
      details: { code: 'destination.quota_exceeded' },
    });
    fault.remove();
    await service.resume();
    await expect.poll(all).toEqual(['cleared parked: box', 'raised parked: box']);
  });

  it('is raised for dead letters, and cleared when they are redriven', async () => {
    const { emulator, stores, service, settled, told } = await startAlarmed(engine);
    const fault = stores.box.store.faults.inject(forever);
    const { id } = emulator.state.addContract({ title: 'NDA', status: 'EXECUTED' });
    await service.archive(id);
    await settled();
    await expect.poll(told).toEqual(['raised dead letters']);
    fault.remove();
    await service.redrive(id);
    await expect.poll(told).toEqual(['raised dead letters', 'cleared dead letters']);
  });

  it('is raised for copies that wait for a person', async () => {
    const { emulator, stores, service, settled, told } = await startAlarmed(engine);
    emulator.state.importExecuted({ title: 'NDA' });
    await settled();
    const [copy] = stores.drive.store.files.values();
    stores.drive.store.overwrite(copy!.id, new Uint8Array([1]));
    await service.verify();
    await expect.poll(told).toEqual(['raised copies']);
  });

  it('is raised when an executed contract is not archived in time, by the date of its execution', async () => {
    const { emulator, told, events } = await startAlarmed(engine, { overdueMs: 3_600_000 });
    const young = emulator.state.createContract({ title: 'Young' });
    const old = emulator.state.createContract({ title: 'Old' });
    for (const { id } of [young, old]) emulator.state.setNotReady(id, { forMs: 60_000 });
    emulator.state.execute(young.id);
    const executedAt = new Date(Date.now() - 2 * 3_600_000);
    emulator.state.execute(old.id, { at: executedAt });
    await expect.poll(told).toContain('raised contract overdue');
    expect(events.find(({ kind }) => kind === 'contract overdue')?.details).toEqual({
      subject: String(old.number),
      since: executedAt.toISOString(),
    });
    for (const { id } of [young, old]) emulator.state.setNotReady(id, { forMs: 0 });
  });

  it('is raised when webhooks are silent and repair found what they should have told of, and cleared by the next webhook', async () => {
    const { emulator, database: options, settled, told } = await startAlarmed(engine, { silentMs: 30 });
    emulator.state.execute(emulator.state.createContract({ title: 'First' }).id);
    await settled();
    const database = await openDatabase(options);
    const days = 2;
    // What is older than the archive was not for webhooks to tell.
    await noteMissed(database.sql, { findings: missing, days, now: Date.now() });
    await expect.poll(async () => (await database.sql.selectFrom('archive_timers').select('last_run').execute())[0]?.last_run).toBeTruthy();
    expect(told()).toEqual([]);
    const later = Date.now() + 3 * 86_400_000;
    await noteMissed(database.sql, { findings: waiting, days, now: later });
    expect(told()).toEqual([]);
    await noteMissed(database.sql, { findings: missing, days, now: later });
    await expect.poll(told).toEqual(['raised webhooks silent']);
    await database.sql.updateTable('archive_moments').set({ at: Date.now() }).execute();
    await database.close();
    emulator.state.execute(emulator.state.createContract({ title: 'Second' }).id);
    await expect.poll(told).toEqual(['raised webhooks silent', 'cleared webhooks silent']);
  });

  it('that could not be told is told again', async () => {
    const tries: AlarmEvent[] = [];
    const onAlarm = (event: AlarmEvent): void => {
      tries.push(event);
      if (tries.length === 1) throw new Error('The pager does not answer.');
    };
    const { emulator, stores, service, settled } = await startAlarmed(engine, { onAlarm });
    stores.box.store.faults.inject(forever);
    await service.archive(emulator.state.addContract({ title: 'NDA', status: 'EXECUTED' }).id);
    await settled();
    await expect.poll(() => tries.map(({ type }) => type)).toEqual(['raised', 'raised']);
  });

  it('that nobody takes holds up neither the end of the service nor the other alarms', async () => {
    const { emulator, stores, service, database: options, events } = await startAlarmed(engine, { onAlarm: () => new Promise(() => {}) });
    stores.box.store.faults.inject({ ...forever, error: fullDrive });
    await service.archive(emulator.state.addContract({ title: 'NDA', status: 'EXECUTED' }).id);
    await service.stop();
    expect(events).toEqual([]);

    const database = await openDatabase(options);
    const settings = alarmSettings({ onAlarm: () => new Promise(() => {}) })!;
    const { signal } = new AbortController();
    await expect(tellAlarms(database.sql, settings, { now: Date.now(), destinations: [], signal, patienceMs: 1 })).rejects.toMatchObject({
      code: 'config.invalid_option',
      recovery: 'never',
    });
    await database.close();
  });
});
