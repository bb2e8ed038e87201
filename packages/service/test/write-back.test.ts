import { contractPdf, type SpotDraftEmulatorOptions } from '@spotdraft-archive/testkit';
import { expect, it } from 'vitest';
import type { WriteBackOptions } from '../src/index.ts';
import { describeOnEngines } from './describe-on-engines.ts';
import { startTestArchive, type TestArchive } from './test-archive.ts';
import type { TestEngine } from './test-databases.ts';

const crmLink = {
  id: '006-OPPORTUNITY',
  integration_name: 'SALESFORCE',
  record_type: 'Opportunity',
  record_data: { stage: 'Closed', nested: { amount: [1, 2] } },
  object_configuration_id: '0f8fad5b-d9cb-469f-a165-70867728950e',
};

/** An archive that hears of everything its own writing causes. */
async function startWriting(
  engine: TestEngine,
  writeBack: WriteBackOptions | undefined,
  emulator?: SpotDraftEmulatorOptions,
): Promise<TestArchive> {
  const archive = await startTestArchive(engine, { emulator, service: { writeBack, index: { keyPointers: true } } });
  await archive.spotdraft.webhooks.create({
    title: 'descriptions',
    url: 'http://receiver.test/webhooks',
    activities: [
      'CONTRACT_KEY_POINTER_CREATION',
      'CONTRACT_KEY_POINTER_UPDATION',
      'CONTRACT_EXTERNAL_METADATA_CREATED',
      'CONTRACT_EXTERNAL_METADATA_UPDATED',
      'CONTRACT_ACTIVITY_LOG_COMMENT_CREATED',
      'CONTRACT_DATA_UPDATED',
    ],
  });
  return archive;
}

const lease = { title: 'Lease', keyPointers: { archive_link: '', law: 'England' }, externalMetadata: crmLink } as const;
const writes = ({ emulator }: TestArchive): number =>
  emulator.requests.list({ origin: 'api', method: 'POST' }).filter(({ path }) => /bulk$|comments\/$|external_metadata$/.test(path)).length;

async function executeLease(archive: TestArchive): Promise<string> {
  const { id } = archive.emulator.state.createContract(lease);
  archive.emulator.requests.clear();
  archive.emulator.state.execute(id);
  await archive.settled();
  // The writing has sent webhooks of its own by now.
  await archive.settled();
  return id;
}

const places: readonly [string, WriteBackOptions][] = [
  ['a key pointer', { to: 'key-pointer', fieldName: 'archive_link' }],
  ['a comment', { to: 'comment' }],
  ['external metadata', { to: 'external-metadata' }],
];

describeOnEngines('writing back', (engine) => {
  it('does not happen unless it is asked for', async () => {
    const archive = await startWriting(engine, undefined);
    const id = await executeLease(archive);
    expect(writes(archive)).toBe(0);
    expect((await archive.service.status(id)).writeBack).toBeUndefined();
  });

  it.each(places)('into %s happens once for each version, and its own webhooks wake nobody', async (_name, writeBack) => {
    const archive = await startWriting(engine, writeBack);
    const { emulator, service, settled } = archive;
    const id = await executeLease(archive);
    const { receipts, writeBack: status } = await service.status(id);
    const reference = `box: ${receipts['box']?.path} | drive: ${receipts['drive']?.path}`;
    const contract = emulator.state.get(id);
    const written = {
      'key-pointer': contract.keyPointers.get('archive_link')?.value,
      comment: contract.comments[0]?.text,
      'external-metadata': JSON.stringify(contract.externalMetadata?.['record_data']).includes(JSON.stringify(reference)) && reference,
    };
    expect(written[writeBack.to]).toBe(reference);
    expect(status).toMatchObject({ state: 'written' });
    expect(emulator.deliveries.all.at(-1)?.activity).toMatch(/KEY_POINTER|COMMENT|EXTERNAL_METADATA/);
    // Archiving, and the writing itself: nothing was refreshed because of it.
    expect(emulator.requests.count({ origin: 'api' })).toBe(3 + { 'key-pointer': 2, comment: 2, 'external-metadata': 3 }[writeBack.to]);

    await service.archive(id);
    await settled();
    expect(writes(archive)).toBe(1);
    emulator.state.uploadExecutedVersion(id, { document: () => contractPdf({ title: 'Lease, amended', parties: ['A', 'B'] }) });
    await settled();
    expect(writes(archive)).toBe(2);
    expect(await service.deadLetters()).toEqual([]);
  });

  it.each(['merge', 'replace'] as const)(
    'keeps all of a CRM link (writes %s), and makes a record where there is none',
    async (externalMetadataWrites) => {
      const text = ({ contractId }: { readonly contractId: string }): string => `at ${contractId}`;
      const archive = await startWriting(engine, { to: 'external-metadata', text }, { externalMetadataWrites });
      const id = await executeLease(archive);
      const { record_data: data, ...link } = archive.emulator.state.get(id).externalMetadata as typeof crmLink;
      const { record_data: dataBefore, ...linkBefore } = crmLink;
      expect(link).toEqual(linkBefore);
      expect(data).toEqual({ ...dataBefore, spotdraft_archive: { reference: `at ${id}` } });

      const { id: other } = archive.emulator.state.addContract({ title: 'Unlinked', status: 'EXECUTED' });
      await archive.service.archive(other);
      await archive.settled();
      expect(archive.emulator.state.get(other).externalMetadata).toMatchObject({ id: other, integration_name: 'spotdraft-archive' });
    },
  );

  it('leaves a CRM link alone that it could not write back as it is', async () => {
    const archive = await startWriting(engine, { to: 'external-metadata' });
    const { emulator, service } = archive;
    for (const change of [{ id: 42 }, { sync_token: 'x' }]) {
      const { id } = emulator.state.addContract({ ...lease, status: 'EXECUTED', externalMetadata: { ...crmLink, ...change } });
      await service.archive(id);
      await archive.settled();
      expect((await service.status(id)).writeBack).toMatchObject({ state: 'dead', failure: { code: 'spotdraft.unexpected_answer' } });
      expect(emulator.state.get(id).externalMetadata).toEqual({ ...crmLink, ...change });
    }
    expect(writes(archive)).toBe(0);
  });

  it('does not take a change by a person for its own: the index follows it', async () => {
    const archive = await startWriting(engine, { to: 'key-pointer', fieldName: 'archive_link' });
    const id = await executeLease(archive);
    const { writeBack } = await archive.service.status(id);
    const reference = String(archive.emulator.state.get(id).keyPointers.get('archive_link')?.value);
    expect(writeBack?.state).toBe('written');
    expect(await archive.service.search({ keyPointers: { archive_link: reference } })).toHaveLength(1);
    await archive.spotdraft.contracts.setKeyPointers(id, [{ fieldName: 'law', value: 'India' }]);
    await archive.settled();
    expect(await archive.service.search({ keyPointers: { law: 'india' } })).toHaveLength(1);
    expect(writes(archive)).toBe(2);
  });

  it('that fails never harms the archive: it is repeated, ends as a dead letter of its own, and can be redriven', async () => {
    const archive = await startWriting(engine, { to: 'key-pointer', fieldName: 'archive_link' });
    const { emulator, service, settled } = archive;
    const fault = emulator.faults.inject({ kind: 'status', status: 403, origin: 'api', path: /bulk$/, times: Number.POSITIVE_INFINITY });
    const id = await executeLease(archive);
    expect(await service.status(id)).toMatchObject({
      state: 'archived',
      writeBack: { state: 'dead', failure: { code: 'spotdraft.forbidden' } },
    });
    expect(await service.deadLetters()).toMatchObject([{ subject: `write-back ${id}`, task: 'write-back' }]);
    expect(await service.parked()).toEqual([]);
    fault.remove();
    const busy = emulator.faults.inject({ kind: 'status', status: 503, origin: 'api', path: /bulk$/, times: 2 });
    expect(await service.redrive(`write-back ${id}`)).toBe(true);
    await settled();
    expect(busy.fired).toBe(2);
    expect((await service.status(id)).writeBack?.state).toBe('written');
  });

  it('adds no second comment when the answer to the first was lost', async () => {
    const archive = await startWriting(engine, { to: 'comment', text: () => 'Archived. !!@501!!' });
    archive.emulator.faults.inject({ kind: 'loseReply', origin: 'api', method: 'POST', path: /comments\/$/ });
    const id = await executeLease(archive);
    for (const { subject } of await archive.service.deadLetters()) await archive.service.redrive(subject);
    await archive.settled();
    expect(archive.emulator.state.get(id).comments.map(({ text }) => text)).toEqual(['Archived. ! !@501!!']);
    expect((await archive.service.status(id)).writeBack?.state).toBe('written');
  });

  it.each(places)(
    'into %s reaches contracts that were archived before it was asked for, by repair and by backfill',
    async (_name, writeBack) => {
      const archive = await startWriting(engine, undefined);
      const { emulator, service, createService } = archive;
      const today = { from: new Date(Date.now() - 60_000), to: new Date(Date.now() + 60_000) };
      const ids = [await executeLease(archive), await executeLease(archive)];
      const historical = emulator.state.addContract({ ...lease, id: 'H-1', status: 'EXECUTED' }).id;
      await service.archive(historical);
      await service.stop();
      const later = createService({ writeBack, index: { keyPointers: true } });
      await later.start();

      const finding = { kind: 'not written back', destinations: [], action: 'write back' };
      const plan = await later.repair({ ...today, dryRun: true });
      const sorted = plan.findings.toSorted((a, b) => a.contractId.localeCompare(b.contractId));
      expect(sorted).toEqual([historical, ...ids].map((contractId) => ({ ...finding, contractId })));
      emulator.requests.clear();
      expect(await later.backfill({ ...today, to: new Date(Date.now() - 30_000) })).toMatchObject({ toWriteBack: 0 });
      expect(await later.backfill(today)).toMatchObject({ listed: 3, alreadyArchived: 3, enqueued: 0, toWriteBack: 3 });
      await later.idle();
      const count = writeBack.to === 'comment' ? 2 : 3;
      expect(writes(archive)).toBe(count);
      expect((await later.status(ids[0]!)).writeBack?.state).toBe('written');
      expect((await later.status(historical)).writeBack?.state).toBe(count === 3 ? 'written' : undefined);
      expect([(await later.repair(today)).findings, (await later.backfill(today)).toWriteBack]).toEqual([[], 0]);
      await later.stop();

      const elsewhere = createService({ writeBack: { to: 'comment', text: ({ contractId }) => `Now ${contractId}` } });
      if (writeBack.to === 'comment') return;
      await elsewhere.start();
      expect((await elsewhere.repair(today)).counts).toEqual({ 'not written back': 3 });
      await elsewhere.idle();
      expect(emulator.state.get(ids[1]!).comments.map(({ text }) => text)).toEqual([`Now ${ids[1]}`]);
    },
  );

  it('that nothing is to be written of is done, and found by no repair again', async () => {
    const archive = await startWriting(engine, { to: 'comment', text: () => ' ' });
    const id = await executeLease(archive);
    expect([writes(archive), (await archive.service.status(id)).writeBack]).toEqual([0, undefined]);
    const { findings } = await archive.service.repair({ from: new Date(Date.now() - 60_000), to: new Date() });
    expect(findings).toEqual([]);
  });

  it('that waits for a person is left to that person by repair', async () => {
    const archive = await startWriting(engine, { to: 'comment' });
    archive.emulator.faults.inject({ kind: 'status', status: 403, origin: 'api', method: 'POST', path: /comments\/$/ });
    const contractId = await executeLease(archive);
    expect((await archive.service.repair({ from: new Date(Date.now() - 60_000), to: new Date() })).findings).toEqual([
      { kind: 'not written back', contractId, destinations: [], action: 'none', reason: 'Its job is dead.' },
    ]);
  });
});
