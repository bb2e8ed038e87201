import { randomBytes } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { SpotDraftClient } from '@spotdraft-archive/core';
import { signedWebhook } from '@spotdraft-archive/testkit';
import { expect, it } from 'vitest';
import { noteMissed } from '../src/alarms/webhook-silence.ts';
import { type ArchiveDatabase, openDatabase } from '../src/database/open-database.ts';
import type { ArchiveServiceOptions, SubscriptionOptions } from '../src/index.ts';
import { type KeepContext, keepSubscription } from '../src/subscription/keep-subscription.ts';
import { subscriptionSettings } from '../src/subscription/subscription-options.ts';
import { describeOnEngines } from './describe-on-engines.ts';
import { copiesIn, startTestArchive, type TestArchive } from './test-archive.ts';
import type { TestEngine } from './test-databases.ts';

const url = 'https://archive.example.com/webhooks';

/** What one look at the webhook needs. Silence of a millisecond is suspicious. */
function keeping({ sql }: ArchiveDatabase, spotdraft: SpotDraftClient): KeepContext {
  const settings = subscriptionSettings({ url, silentMs: 0.5 })!;
  return { database: sql, spotdraft, settings, logger: undefined, now: Date.now, signal: new AbortController().signal };
}

async function nextMillisecond(): Promise<void> {
  const now = Date.now();
  while (Date.now() <= now + 1) await nextTurn();
}

interface SubscribedArchive extends TestArchive {
  readonly subscribed: (changes?: Partial<SubscriptionOptions>) => Pick<ArchiveServiceOptions, 'webhook'>;
  /** How often a webhook was created. */
  readonly creations: () => number;
}

/** An archive without a webhook. Calls of one that is created reach its service. */
async function startUnsubscribed(engine: TestEngine): Promise<SubscribedArchive> {
  const archive = await startTestArchive(engine);
  const { emulator, spotdraft } = archive;
  for (const { id } of emulator.deliveries.webhooks) await spotdraft.webhooks.delete(id);
  emulator.requests.clear();
  return {
    ...archive,
    subscribed: (changes = {}) => ({
      webhook: { keys: () => spotdraft.webhooks.hmacKey(), subscription: { url, everyMs: 20, silentMs: 60, ...changes } },
    }),
    creations: () => emulator.requests.list({ where: ({ method, path }) => method === 'POST' && path.endsWith('/webhooks/') }).length,
  };
}

describeOnEngines('the webhook in SpotDraft', (engine) => {
  it('is created once for all processes, and not again at the next start', async () => {
    const { emulator, service, createService, subscribed, creations, settled, stores } = await startUnsubscribed(engine);
    const others = [1, 2, 3].map(() => createService(subscribed()));
    await Promise.all(others.map((other) => other.start()));
    await expect.poll(() => emulator.deliveries.webhooks).toHaveLength(1);
    await others[0]!.stop();
    await others[0]!.start();
    await expect.poll(async () => (await service.timers())[0]?.lastRun?.failure).toBeUndefined();
    const { id } = emulator.state.importExecuted({ title: 'NDA' });
    await settled();
    expect([copiesIn(stores.drive), creations(), emulator.deliveries.webhooks[0]?.url]).toEqual([[id], 1, url]);
  });

  it('is created anew when it is paused, once repair has found what it did not tell of', async () => {
    const { emulator, database: options, service, spotdraft, creations, settled, stores } = await startUnsubscribed(engine);
    const database = await openDatabase(options);
    const keep = () => keepSubscription(keeping(database, spotdraft));
    await keep();
    const told = emulator.state.importExecuted({ title: 'Told' }).id;
    await settled();
    const [paused] = emulator.deliveries.webhooks;
    paused!.status = 'DISABLED_BY_ERROR';
    const missed = emulator.state.importExecuted({ title: 'Missed' }).id;
    await keep();
    expect(creations()).toBe(1);

    const { findings } = await service.repair({ from: new Date(Date.now() - 60_000), to: new Date(Date.now() + 60_000) });
    await nextMillisecond();
    await noteMissed(database.sql, { findings, days: 0, now: Date.now() });
    await keep();
    await settled();
    expect(creations()).toBe(1);
    await nextMillisecond();
    await keep();
    expect(emulator.deliveries.webhooks.map(({ id, status }) => [id === paused!.id, status])).toEqual([[false, 'ACTIVE']]);
    const next = emulator.state.importExecuted({ title: 'Next' }).id;
    await settled();
    expect(copiesIn(stores.drive)).toEqual([told, missed, next]);
    await nextMillisecond();
    await keep();
    expect(creations()).toBe(2);
    await database.close();
  });

  it('is left as it is when a call that is sent again does arrive', async () => {
    const { emulator, database: options, service, spotdraft, creations, settled } = await startUnsubscribed(engine);
    const database = await openDatabase(options);
    const keep = () => keepSubscription(keeping(database, spotdraft));
    await keep();
    emulator.state.importExecuted({ title: 'Told' });
    await settled();
    await service.stop();
    await service.start();
    await nextMillisecond();
    await noteMissed(database.sql, { findings: [{ kind: 'missing', action: 'archive' }], days: 0, now: Date.now() });
    await nextMillisecond();
    await keep();
    await settled();
    const resent = () => emulator.requests.list({ where: ({ path }) => path.endsWith('/re_trigger_latest/') }).length;
    expect([resent(), emulator.deliveries.all.at(-1)?.attempts]).toEqual([1, 2]);
    for (const _time of [1, 2, 3]) await keep();
    expect([creations(), resent()]).toEqual([1, 1]);
    await database.close();
  });

  it('is not taken for dead because SpotDraft could not be asked for the call', async () => {
    const { emulator, database: options, spotdraft, creations, settled } = await startUnsubscribed(engine);
    const database = await openDatabase(options);
    const keep = () => keepSubscription(keeping(database, spotdraft));
    await keep();
    const { id } = emulator.state.importExecuted({ title: 'Told' });
    await settled();
    await nextMillisecond();
    await noteMissed(database.sql, { findings: [{ kind: 'missing', action: 'archive' }], days: 0, now: Date.now() });
    await nextMillisecond();
    const fault = emulator.faults.inject({ kind: 'status', status: 403, path: /re_trigger_latest/, times: Number.POSITIVE_INFINITY });
    for (const _time of [1, 2]) await expect(keep()).rejects.toMatchObject({ code: 'spotdraft.forbidden' });
    expect(creations()).toBe(1);
    fault.remove();
    // The call of a contract that SpotDraft has forgotten cannot be sent again.
    emulator.deliveries.drop();
    emulator.state.delete(id);
    await keep();
    expect(creations()).toBe(2);
    await database.close();
  });

  it('is not created a second time when the answer to its creation was lost', async () => {
    const { emulator, service, createService, subscribed, creations, settled, stores } = await startUnsubscribed(engine);
    emulator.faults.inject({ kind: 'loseReply', method: 'POST', path: '/api/v2.1/public/webhooks/' });
    await createService(subscribed({ everyMs: 300 })).start();
    await expect.poll(async () => (await service.timers())[0]?.lastRun?.failure).toMatchObject({ recovery: 'operator' });
    await expect.poll(async () => (await service.timers())[0]?.lastRun?.failure).toBeUndefined();
    expect([emulator.deliveries.webhooks.length, creations()]).toEqual([1, 1]);
    const { id } = emulator.state.importExecuted({ title: 'NDA' });
    await settled();
    expect(copiesIn(stores.drive)).toEqual([id]);
  });

  it('is asked for again when SpotDraft had refused it, and the refusal is told', async () => {
    const { emulator, service, createService, subscribed } = await startUnsubscribed(engine);
    const fault = emulator.faults.inject({ kind: 'status', status: 403, method: 'POST', times: Number.POSITIVE_INFINITY });
    await createService(subscribed()).start();
    await expect.poll(async () => (await service.timers())[0]?.lastRun?.failure).toMatchObject({ code: 'spotdraft.forbidden' });
    fault.remove();
    await expect.poll(() => emulator.deliveries.webhooks).toHaveLength(1);
  });

  it('is replaced when another one is wanted', async () => {
    const { emulator, createService, subscribed } = await startUnsubscribed(engine);
    const first = createService(subscribed());
    await first.start();
    await expect.poll(() => emulator.deliveries.webhooks).toHaveLength(1);
    await first.stop();
    await createService(subscribed({ activities: ['CONTRACT_EXECUTED'] })).start();
    await expect.poll(() => emulator.deliveries.webhooks.map(({ activities }) => activities)).toEqual([['CONTRACT_EXECUTED']]);
  });
});

describeOnEngines('a webhook signed by another key', (engine) => {
  it('is accepted after the key was fetched once, and forged ones cause no flood of fetches', async () => {
    const { emulator, createService, subscribed } = await startUnsubscribed(engine);
    const service = createService(subscribed());
    await service.start();
    const fetches = () => emulator.requests.list({ where: ({ path }) => path.endsWith('/hmac_key/') }).length;
    const post = async (key: string): Promise<number> => {
      const { headers, body } = signedWebhook({ payload: { contract_id: 1, activity: 'CONTRACT_SIGNED', contract_title: key }, key });
      return (await service.handler(new Request(url, { method: 'POST', headers, body }))).status;
    };
    expect([await post(emulator.deliveries.hmacKey), fetches()]).toEqual([202, 1]);
    emulator.deliveries.hmacKey = randomBytes(64).toString('base64');
    expect([await post(emulator.deliveries.hmacKey), fetches()]).toEqual([202, 2]);

    const forged = await Promise.all(Array.from({ length: 100 }, () => post(randomBytes(64).toString('base64'))));
    expect([new Set(forged), fetches()]).toEqual([new Set([401]), 2]);
    expect(await post(emulator.deliveries.hmacKey)).toBe(202);
  });
});
