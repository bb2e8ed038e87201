import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { type SpotDraftEmulator, startSpotDraftEmulator, testWebhookKey } from '../../src/emulators.ts';
import { call, json, startQuietEmulator, stopAfterTest } from './api-client.ts';

interface Received {
  readonly headers: Headers;
  readonly body: string;
  readonly event: Record<string, unknown>;
}

interface Receiver {
  readonly fetch: typeof fetch;
  readonly received: Received[];
  status: number;
}

function startReceiver(): Receiver {
  const receiver: Receiver = {
    received: [],
    status: 202,
    async fetch(input, init) {
      const request = new Request(input, init);
      const body = await request.text();
      receiver.received.push({ headers: request.headers, body, event: JSON.parse(body) as Record<string, unknown> });
      return new Response(null, { status: receiver.status });
    },
  };
  return receiver;
}

const subscription = { title: 'Archive', url: 'https://receiver.example.com/hook', only_for_activities: ['CONTRACT_EXECUTED'] };

async function subscribe(emulator: SpotDraftEmulator, fields: object = {}): Promise<number> {
  const { id } = await json<{ id: number }>(call(emulator, 'POST v2.1/public/webhooks/', { body: { ...subscription, ...fields } }));
  return id;
}

async function start(
  fields: object = {},
): Promise<{ readonly emulator: SpotDraftEmulator; readonly receiver: Receiver; readonly id: number }> {
  const receiver = startReceiver();
  const emulator = await startQuietEmulator({ webhookFetch: receiver.fetch });
  for (const id of ['T-1', 'T-2', 'T-3']) emulator.state.addContract({ id, title: `Vertrag für ${id}` });
  return { emulator, receiver, id: await subscribe(emulator, fields) };
}

const idsOf = (receiver: Receiver): unknown[] => receiver.received.map(({ event }) => event['contract_id']);

describe('delivery', () => {
  it('signs the raw body with the key that the API gives out', async () => {
    const { emulator, receiver } = await start({ custom_headers: { 'X-Second-Secret': 's' } });
    emulator.state.execute('T-1', { at: new Date('2026-03-01T10:00:00Z') });
    await emulator.deliveries.settled();
    const { hmac_key: key } = await json<{ hmac_key: string }>(call(emulator, 'GET v2.1/public/webhooks/hmac_key/'));
    expect(key).toBe(testWebhookKey);
    const [{ headers, body, event } = { headers: new Headers(), body: '', event: {} }] = receiver.received;
    const expected = createHmac('sha512', Buffer.from(key, 'base64')).update(body).digest('hex');
    expect(headers.get('x-sd-webhook-content-hash')).toBe(expected);
    expect(headers.get('x-second-secret')).toBe('s');
    expect(body).toContain(String.raw`Vertrag f\u00fcr T-1`);
    expect(event).toMatchObject({
      activity: 'CONTRACT_EXECUTED',
      contract_id: 1,
      contract_status: 'EXECUTED',
      contract_reference_id: 'SD-1',
      activity_data: { performed_by: { name: 'SYSTEM' }, timestamp: '2026-03-01T10:00:00Z' },
    });
  });

  it('calls only for the activities asked for, and never about H- contracts', async () => {
    const { emulator, receiver } = await start();
    emulator.state.addContract({ id: 'H-1', title: 'Past' });
    emulator.state.void('T-2');
    emulator.state.execute('H-1');
    emulator.state.execute('T-1');
    await emulator.deliveries.settled();
    expect(idsOf(receiver)).toEqual([1]);
  });

  it('tells of everything that happens to a contract', async () => {
    const { emulator, receiver } = await start({
      only_for_activities: [
        'CONTRACT_CREATED',
        'CONTRACT_SIGNED',
        'CONTRACT_EXECUTED',
        'CONTRACT_VERSION_UPLOADED',
        'CONTRACT_EXTERNAL_METADATA_CREATED',
        'CONTRACT_EXTERNAL_METADATA_UPDATED',
        'CONTRACT_ACTIVITY_LOG_COMMENT_CREATED',
        'CONTRACT_DELETED',
      ],
    });
    const { id } = emulator.state.createContract({ title: 'New' });
    emulator.state.execute(id);
    emulator.state.uploadExecutedVersion(id, { document: Buffer.from('%PDF-2') });
    const path = `v2.1/public/contracts/${id}/external_metadata`;
    for (const record of ['A', 'B']) await call(emulator, `POST ${path}`, { body: { external_metadata: { id: record } } });
    await call(emulator, `POST v2.1/public/contracts/${id.slice(2)}/comments/`, { body: { comment: 'x' } });
    emulator.state.delete(id);
    await emulator.deliveries.settled();
    expect(receiver.received.map(({ event }) => event['activity'])).toEqual([
      'CONTRACT_CREATED',
      'CONTRACT_SIGNED',
      'CONTRACT_SIGNED',
      'CONTRACT_EXECUTED',
      'CONTRACT_VERSION_UPLOADED',
      'CONTRACT_EXTERNAL_METADATA_CREATED',
      'CONTRACT_EXTERNAL_METADATA_UPDATED',
      'CONTRACT_ACTIVITY_LOG_COMMENT_CREATED',
      'CONTRACT_DELETED',
    ]);
  });

  it('says DRAFT when an executed contract is imported, and nothing of its execution unless told to', async () => {
    const activities = ['CONTRACT_CREATED', 'CONTRACT_EXECUTED'];
    for (const importFiresExecuted of [false, true]) {
      const receiver = startReceiver();
      const emulator = await startQuietEmulator({ webhookFetch: receiver.fetch, importFiresExecuted });
      await subscribe(emulator, { only_for_activities: activities });
      emulator.state.importExecuted({ title: 'Import' });
      await emulator.deliveries.settled();
      expect(receiver.received[0]?.event).toMatchObject({
        activity: 'CONTRACT_CREATED',
        contract_kind: 'EXECUTED_CONTRACT',
        contract_status: 'DRAFT',
      });
      expect(receiver.received).toHaveLength(importFiresExecuted ? 2 : 1);
    }
  });

  it('disables a webhook after more than five failures, for good', async () => {
    const { emulator, receiver, id } = await start();
    receiver.status = 500;
    for (let index = 0; index < 7; index += 1) emulator.state.execute('T-1');
    await emulator.deliveries.settled();
    expect(receiver.received).toHaveLength(6);
    expect(emulator.deliveries.webhooks).toMatchObject([{ id, status: 'DISABLED_BY_ERROR', failures: 6 }]);
    expect(emulator.deliveries.all.map(({ outcome }) => outcome)).toEqual([...Array.from({ length: 6 }, () => 'failed'), 'refused-here']);
    receiver.status = 200;
    emulator.state.execute('T-2');
    await emulator.deliveries.settled();
    expect(receiver.received).toHaveLength(6);
  });

  it('counts an answer that takes too long as a failure', async () => {
    const emulator = await startQuietEmulator({
      webhookTimeoutMs: 5,
      webhookFetch: (_input, init) =>
        new Promise((_resolve, reject) => {
          init?.signal?.addEventListener('abort', () => reject(init.signal?.reason as Error));
        }),
    });
    emulator.state.addContract({ id: 'T-1', title: 'One' });
    await subscribe(emulator);
    emulator.state.execute('T-1');
    await emulator.deliveries.settled();
    expect(emulator.deliveries.all).toMatchObject([{ outcome: 'failed', status: undefined, attempts: 1 }]);
  });

  it('sends the latest call of a contract again, which need not be the executed one', async () => {
    const { emulator, receiver } = await start({ only_for_activities: ['CONTRACT_EXECUTED', 'CONTRACT_PROCESS_METRIC_UPDATED'] });
    emulator.state.execute('T-1');
    const path = 'POST v2.1/public/contracts/webhooks/re_trigger_latest/';
    expect(await json(call(emulator, path, { body: { contract_ids: [1] } }))).toEqual({ message: 'Success' });
    await emulator.deliveries.settled();
    const activities = receiver.received.map(({ event }) => event['activity']);
    expect(activities).toEqual(['CONTRACT_EXECUTED', 'CONTRACT_PROCESS_METRIC_UPDATED', 'CONTRACT_PROCESS_METRIC_UPDATED']);
    expect(receiver.received[1]?.body).toBe(receiver.received[2]?.body);
    expect((await call(emulator, path, { body: { contract_ids: [1, 99] } })).status).toBe(404);
    expect((await call(emulator, path, { body: { contract_ids: [] } })).status).toBe(400);
  });

  it('stops when the webhook is deleted', async () => {
    const { emulator, receiver, id } = await start();
    expect((await call(emulator, `DELETE v2.1/public/webhooks/${id}`)).status).toBe(204);
    expect((await call(emulator, `DELETE v2.1/public/webhooks/${id}`)).status).toBe(404);
    emulator.state.execute('T-1');
    await emulator.deliveries.settled();
    expect(receiver.received).toEqual([]);
  });
});

describe('a disturbed delivery', () => {
  it('is lost', async () => {
    const { emulator, receiver } = await start();
    emulator.deliveries.drop({ where: ({ contractId }) => contractId === 'T-2' });
    for (const id of ['T-1', 'T-2', 'T-3', 'T-2']) emulator.state.execute(id);
    await emulator.deliveries.settled();
    expect(idsOf(receiver)).toEqual([1, 3, 2]);
    expect(emulator.deliveries.all.map(({ outcome }) => outcome)).toEqual(['delivered', 'dropped', 'delivered', 'delivered']);
  });

  it('comes twice', async () => {
    const { emulator, receiver } = await start();
    emulator.deliveries.duplicate({ times: 2 });
    for (const id of ['T-1', 'T-2', 'T-3']) emulator.state.execute(id);
    await emulator.deliveries.settled();
    expect(idsOf(receiver)).toEqual([1, 1, 2, 2, 3]);
  });

  it('comes late and out of order', async () => {
    const { emulator, receiver } = await start();
    emulator.deliveries.hold();
    for (const id of ['T-1', 'T-2', 'T-3']) emulator.state.execute(id);
    await emulator.deliveries.settled();
    expect(receiver.received).toEqual([]);
    emulator.deliveries.release('reversed');
    await emulator.deliveries.settled();
    expect(idsOf(receiver)).toEqual([3, 2, 1]);
  });
});

it.each([
  ['an http address', { url: 'http://127.0.0.1:1/hook' }],
  ['no activity', { only_for_activities: [] }],
  ['an unknown activity', { only_for_activities: ['contract.executed'] }],
  ['no title', { title: '' }],
  ['a standard header', { custom_headers: { Authorization: 'x' } }],
  ['a reserved header', { custom_headers: { 'X-SD-Key': 'x' } }],
])('refuses a webhook with %s', async (_what, fields) => {
  const emulator = await startQuietEmulator();
  expect((await call(emulator, 'POST v2.1/public/webhooks/', { body: { ...subscription, ...fields } })).status).toBe(400);
});

it('refuses to manage webhooks without the permission, but gives the key', async () => {
  const emulator = await startQuietEmulator({ canManageWebhooks: false });
  expect((await call(emulator, 'POST v2.1/public/webhooks/', { body: subscription })).status).toBe(403);
  expect((await call(emulator, 'DELETE v2.1/public/webhooks/1')).status).toBe(403);
  expect((await call(emulator, 'GET v2.1/public/webhooks/hmac_key/')).status).toBe(200);
});

it('delivers over real HTTP to a loopback receiver when that is allowed', async () => {
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    request.on('data', (chunk: Buffer) => bodies.push(chunk.toString()));
    request.on('end', () => response.writeHead(202).end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stopAfterTest({
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
  const emulator = stopAfterTest(await startSpotDraftEmulator({ allowHttpWebhooks: true }));
  emulator.state.addContract({ id: 'T-1', title: 'One' });
  await subscribe(emulator, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook` });
  emulator.state.execute('T-1');
  await emulator.deliveries.settled();
  expect(bodies.join('')).toContain('"contract_id": 1,');
  expect(emulator.deliveries.all).toMatchObject([{ outcome: 'delivered', status: 202 }]);
});
