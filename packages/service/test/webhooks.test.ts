import { createSpotDraftClient } from '@spotdraft-archive/core';
import { contractPdf, memoryDestination, signedWebhook, testWebhookKey } from '@spotdraft-archive/testkit';
import { expect, it } from 'vitest';
import { describeOnEngines } from './describe-on-engines.ts';
import { copiesIn, quickJobs, startTestArchive } from './test-archive.ts';

describeOnEngines('a webhook', (engine) => {
  it('brings an executed contract into every store, in two requests and with receipts and an index row', async () => {
    const { emulator, stores, service, settled } = await startTestArchive(engine);
    const { id } = emulator.state.createContract({ title: 'Master Agreement', counterparties: ['Acme GmbH'], contractType: 'MSA' });
    emulator.requests.clear();
    emulator.state.execute(id);
    await settled();

    expect([copiesIn(stores.drive), copiesIn(stores.box)]).toEqual([[id], [id]]);
    expect(emulator.requests.list({ origin: 'api' })).toHaveLength(2);
    const status = await service.status(id);
    expect(status).toMatchObject({ state: 'archived', title: 'Master Agreement', sourceState: 'EXECUTED', failures: {} });
    expect(Object.keys(status.receipts)).toEqual(['box', 'drive']);
    expect(await service.search({ counterparty: 'ACME', contractType: 'MSA', text: 'agreement master' })).toMatchObject([
      { contractId: id, counterparties: ['Acme GmbH'], receipts: { drive: { contractId: id } } },
    ]);
    expect(await service.search({ text: '%' })).toEqual([]);
  });

  it('that is delivered three times, to two services, ends in one copy', async () => {
    const { emulator, stores, createService, settled } = await startTestArchive(engine);
    const other = createService();
    await other.start();
    emulator.deliveries.duplicate({ copies: 3, where: ({ activity }) => activity === 'CONTRACT_EXECUTED' });
    const { id } = emulator.state.createContract({ title: 'NDA' });
    emulator.state.execute(id);
    await emulator.deliveries.settled();
    const delivery = emulator.deliveries.all.find(({ activity }) => activity === 'CONTRACT_EXECUTED')!;
    const { headers, body } = signedWebhook({ payload: JSON.parse(delivery.body), key: testWebhookKey });
    expect((await other.handler(new Request('http://other.test', { method: 'POST', headers, body }))).status).toBe(202);
    await settled();
    expect([copiesIn(stores.drive), copiesIn(stores.box)]).toEqual([[id], [id]]);
  });

  it('about an import is enough, and one about a draft is not', async () => {
    const { emulator, stores, service, settled } = await startTestArchive(engine);
    const imported = emulator.state.importExecuted({ title: 'Old lease' });
    const draft = emulator.state.createContract({ title: 'Draft' });
    emulator.state.uploadVersion(draft.id, { document: new Uint8Array([1]), isExecuted: false });
    await settled();
    expect(copiesIn(stores.drive)).toEqual([imported.id]);
    expect((await service.status(draft.id)).state).toBe('absent');
  });

  it('about a new executed version archives that version beside the first one', async () => {
    const { emulator, stores, service, settled } = await startTestArchive(engine);
    const { id } = emulator.state.createContract({ title: 'Lease' });
    emulator.state.execute(id);
    await settled();
    const first = await service.status(id);
    emulator.state.uploadExecutedVersion(id, { document: () => contractPdf({ title: 'Lease, amended', parties: ['A', 'B'] }) });
    await settled();
    const second = await service.status(id);
    expect(copiesIn(stores.drive)).toEqual([id, id]);
    expect(second.versionId).not.toBe(first.versionId);
    expect(second.receipts.drive?.versionId).toBe(second.versionId);
  });

  it('about a version that is archived already stores nothing', async () => {
    const { emulator, stores, service, settled } = await startTestArchive(engine);
    const { id, number } = emulator.state.createContract({ title: 'Lease' });
    emulator.state.execute(id);
    await settled();
    const requests = stores.drive.store.requests.length;
    const payload = { contract_id: number, contract_status: 'EXECUTED', activity: 'CONTRACT_VERSION_UPLOADED' };
    const { headers, body } = signedWebhook({ payload });
    emulator.requests.clear();
    expect((await service.handler(new Request('http://x.test', { method: 'POST', headers, body }))).status).toBe(202);
    await settled();
    // SpotDraft was asked for the present version.
    expect(emulator.requests.list({ origin: 'api' }).length).toBeGreaterThan(0);
    expect(stores.drive.store.requests).toHaveLength(requests);
  });

  it('about a new executed version archives it as a revision when told to, and both versions are listed', async () => {
    const { emulator, stores, service, settled } = await startTestArchive(engine, { service: { versions: 'revision' } });
    const { id } = emulator.state.createContract({ title: 'Lease' });
    emulator.state.execute(id);
    await settled();
    const first = await service.status(id);
    emulator.state.uploadExecutedVersion(id, { document: () => contractPdf({ title: 'Lease, amended', parties: ['A', 'B'] }) });
    await settled();
    const second = await service.status(id);
    expect(copiesIn(stores.drive)).toEqual([id]);
    expect(second.receipts.drive).toMatchObject({ id: first.receipts.drive?.id, versionId: second.versionId });
    expect(second.earlierVersions).toEqual([{ versionId: first.versionId, receipts: first.receipts }]);
    const [found] = await service.search({ text: 'lease' });
    expect(found).toMatchObject({ versionId: second.versionId, receipts: second.receipts, earlierVersions: second.earlierVersions });
  });

  it('is accepted although neither SpotDraft nor any store answers', async () => {
    const silent = memoryDestination();
    const fetchNothing = (_request: unknown, init?: RequestInit): Promise<Response> =>
      new Promise((_resolve, reject) => init?.signal?.addEventListener('abort', () => reject(init.signal?.reason)));
    const { createService, emulator } = await startTestArchive(engine);
    const service = createService({
      spotdraft: createSpotDraftClient({
        baseUrl: emulator.url,
        source: 'test',
        clientId: 'id',
        clientSecret: 'secret',
        fetch: fetchNothing,
      }),
      destinations: { silent },
      jobs: { ...quickJobs, drainMs: 0 },
    });
    await service.start();
    const { headers, body } = signedWebhook({ payload: { contract_id: 4_711, activity: 'CONTRACT_EXECUTED' } });
    expect((await service.handler(new Request('http://x.test', { method: 'POST', headers, body }))).status).toBe(202);
    expect(await service.health()).toMatchObject({ status: 'ok', oldestOpenEventAt: expect.any(Date) });
    expect(silent.store.requests).toEqual([]);
  });

  it('about a contract that was voided marks the index and touches no copy', async () => {
    const { emulator, stores, service, settled } = await startTestArchive(engine);
    const { id, number } = emulator.state.createContract({ title: 'Void' });
    emulator.state.execute(id);
    await settled();
    const requests = stores.drive.store.requests.length;
    const { headers, body } = signedWebhook({ payload: { contract_id: number, activity: 'CONTRACT_VOIDED' } });
    await service.handler(new Request('http://x.test', { method: 'POST', headers, body }));
    await settled();
    expect(await service.status(id)).toMatchObject({ state: 'archived', sourceState: 'VOIDED' });
    expect(stores.drive.store.requests).toHaveLength(requests);
  });

  it('about a deletion marks the index and touches no copy, whichever comes first', async () => {
    const { emulator, stores, service, settled } = await startTestArchive(engine);
    const kept = emulator.state.createContract({ title: 'Kept' });
    emulator.state.execute(kept.id);
    await settled();
    emulator.state.delete(kept.id);
    await settled();
    expect(await service.status(kept.id)).toMatchObject({ state: 'archived', sourceState: 'DELETED' });

    const gone = emulator.state.createContract({ title: 'Gone' });
    emulator.deliveries.hold();
    emulator.state.execute(gone.id);
    emulator.state.delete(gone.id);
    emulator.deliveries.release('reversed');
    await settled();
    expect(await service.deadLetters()).toEqual([]);
    expect(copiesIn(stores.drive)).toEqual([kept.id]);
  });

  it('is refused when it is forged, and not taken while the service is stopped', async () => {
    const { createService } = await startTestArchive(engine);
    const service = createService();
    const { headers, body } = signedWebhook({ payload: { contract_id: 1, activity: 'CONTRACT_EXECUTED' } });
    const post = (bytes: Uint8Array<ArrayBuffer>) =>
      service.handler(new Request('http://x.test', { method: 'POST', headers, body: bytes }));
    expect((await post(body)).status).toBe(500);
    await service.start();
    expect((await post(body.slice(1))).status).toBe(401);
  });
});
