import { createEmulatorClock } from '@spotdraft-archive/testkit';
import { expect, it } from 'vitest';
import { describeOnEngines } from './describe-on-engines.ts';
import { copiesIn, startTestArchive } from './test-archive.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

describeOnEngines('a receiver that is down for a day', (engine) => {
  it('misses nothing: repair finds and archives all, and only, what webhooks did not tell', async () => {
    // SpotDraft's time begins two days ago and goes on hour by hour.
    const clock = createEmulatorClock();
    clock.advance(-2 * dayMs);
    // SpotDraft pauses the webhook when six calls have failed.
    const { emulator, stores, service, settled } = await startTestArchive(engine, { emulator: { clock, webhookFailureLimit: 5 } });
    const sign = (title: string): string => emulator.state.execute(emulator.state.createContract({ title }).id).id;

    const told = Array.from({ length: 20 }, (_, index) => {
      clock.advance(hourMs);
      return sign(`Told ${index}`);
    });
    await settled();
    expect(copiesIn(stores.drive)).toEqual(told.toSorted());
    clock.advance(4 * hourMs);

    await service.stop();
    const downFrom = new Date(clock.now());
    const lost: string[] = [];
    for (let hour = 0; hour < 24; hour += 1) {
      lost.push(sign(`Lost ${hour}, signed`), emulator.state.importExecuted({ title: `Lost ${hour}, imported` }).id);
      emulator.state.createContract({ title: `Draft ${hour}` });
      clock.advance(hourMs - 1_000);
    }
    const deleted = sign('Signed and deleted');
    emulator.state.delete(deleted);
    await emulator.deliveries.settled();
    expect(emulator.deliveries.webhooks[0]?.status).toBe('DISABLED_BY_ERROR');
    await service.start();
    await settled();
    expect(copiesIn(stores.drive)).toEqual(told.toSorted());

    emulator.requests.clear();
    const written = stores.drive.store.requests.filter((request) => request === 'create').length;
    const range = { from: downFrom, to: new Date() };
    const { findings } = await service.repair(range);
    expect(findings.map(({ kind, contractId }) => `${kind} ${contractId}`).toSorted()).toEqual(
      lost.map((id) => `missing ${id}`).toSorted(),
    );
    await settled();
    const all = [...told, ...lost].toSorted();
    expect([copiesIn(stores.drive), copiesIn(stores.box)]).toEqual([all, all]);
    expect(stores.drive.store.requests.filter((request) => request === 'create')).toHaveLength(written + lost.length);
    expect(await service.completeness(range)).toMatchObject({ executed: lost.length, isComplete: true });

    const requests = emulator.requests.list({ origin: 'api' });
    const lists = requests.filter(({ path }) => path.endsWith('/contracts/')).length;
    console.log(
      `a day without webhooks: ${lost.length} contracts found and archived, ${requests.length} requests to SpotDraft, ${lists} of them lists`,
    );
    // Executions in one window and completeness in another, updates in windows of two hours.
    expect(lists).toBeLessThanOrEqual(1 + 1 + 14);
    // A link that tells the version, then the job's link and the date of execution, which the native layout asks for; and one more for those that were
    // updated so shortly before they were archived that clocks may differ by as much, in two windows of two hours.
    const recent = 8;
    expect(requests.length - lists).toBeLessThanOrEqual(3 * lost.length + recent);

    emulator.requests.clear();
    expect((await service.repair(range)).findings).toEqual([]);
    // The second time nothing but lists is asked for, and whether each of those has a newer version.
    expect(emulator.requests.list({ origin: 'api' }).length).toBeLessThanOrEqual(1 + 14 + recent);
  });
});
