import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { contractPdf, memoryDestination, sha256OfDocument, webhookPayload } from '@spotdraft-archive/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ArchiveEvent, archiveContract, defineLayout, parseContractEvent } from '../../src/index.ts';
import { type EmulatedArchive, startEmulatedArchive } from './emulated-archive.ts';

let archive: EmulatedArchive;
beforeEach(async () => {
  archive = await startEmulatedArchive();
});
afterEach(() => archive[Symbol.asyncDispose]());

const executedAt = new Date('2026-03-02T10:00:00Z');
const nda = { title: 'Mutual NDA', contractType: 'NDA', counterparties: ['Acme Inc'], status: 'EXECUTED', executedAt } as const;

async function originalSha256(contractId: string): Promise<string | undefined> {
  const version = archive.emulator.state.get(contractId).versions.at(-1);
  return version && sha256OfDocument(await version.openPdf());
}

function paths(): string[] {
  return archive.destination.store.paths().map(({ folders, name }) => [...folders, name].join('/'));
}

function eventOf({ number, title, referenceId }: { number: number; title: string; referenceId: string | undefined }) {
  const counterparties = [{ type: 'Organization', organization_name: 'Acme Inc' }];
  return parseContractEvent(
    webhookPayload({
      contract_id: number,
      contract_title: title,
      contract_reference_id: referenceId,
      contract_type: 'NDA',
      counterparties,
    }),
  );
}

describe('archiveContract', () => {
  it('brings the signed PDF into the destination under the native layout, with a receipt for its bytes', async () => {
    const { id } = archive.emulator.state.addContract(nda);
    const result = await archiveContract(id, archive.options);

    expect(result.complete).toBe(true);
    expect(paths()).toEqual(['NDA/Acme Inc/Mutual NDA-03022026.pdf']);
    const version = archive.emulator.state.get(id).versions.at(-1)?.id;
    expect(result.receipts.store).toMatchObject({
      contractId: id,
      key: `test/${id}/${version}/signed-pdf`,
      sha256: await originalSha256(id),
      outcome: 'stored',
    });
  });

  it('keeps T-7 and H-7 apart', async () => {
    archive.emulator.state.addContract({ ...nda, id: 'T-7', title: 'Seven of today' });
    archive.emulator.state.addContract({ ...nda, id: 'H-7', title: 'Seven of yesterday' });
    const layout = defineLayout('{title}');
    const [today, yesterday] = [
      await archiveContract('T-7', { ...archive.options, layout }),
      await archiveContract('H-7', { ...archive.options, layout }),
    ];

    expect(today.receipts.store).toMatchObject({ path: 'Seven of today.pdf', sha256: await originalSha256('T-7') });
    expect(yesterday.receipts.store).toMatchObject({ path: 'Seven of yesterday.pdf', sha256: await originalSha256('H-7') });
  });

  it('takes two requests to SpotDraft from a webhook: status and download link', async () => {
    const contract = archive.emulator.state.addContract(nda);
    archive.emulator.requests.clear();
    await archiveContract(eventOf(contract), archive.options);

    expect(archive.emulator.requests.list({ origin: 'api' }).map(({ method, path }) => `${method} ${path}`)).toEqual([
      `GET /api/v2.1/public/contracts/${contract.id}/status`,
      `POST /api/v2.1/public/contracts/${contract.id}/download_link`,
    ]);
    expect(archive.emulator.requests.count({ origin: 'storage' })).toBe(1);
  });

  it('takes one request per contract of a list, when the layout needs no more than the list tells', async () => {
    for (let index = 0; index < 5; index++) archive.emulator.state.addContract({ ...nda, title: `NDA ${index}` });
    const layout = defineLayout('{contractType}/{counterparty}/{title} ({contractId})');
    archive.emulator.requests.clear();
    for await (const row of archive.spotdraft.contracts.list({ status: 'EXECUTED' }))
      await archiveContract(row, { ...archive.options, layout });

    expect(paths()).toHaveLength(5);
    expect(archive.emulator.requests.count({ origin: 'api', path: /download_link$/ })).toBe(5);
    expect(archive.emulator.requests.count({ origin: 'api', path: /contracts\/$/ })).toBe(1);
    expect(archive.emulator.requests.count({ origin: 'api' })).toBe(6);
  });

  it.each(['DRAFT', 'REDLINING', 'SIGN', 'ON_HOLD', 'VOIDED'] as const)(
    'refuses a contract that is %s, whatever a webhook says',
    async (status) => {
      const contract = archive.emulator.state.addContract({ ...nda, status });
      await expect(archiveContract(eventOf(contract), archive.options)).rejects.toMatchObject({
        code: 'spotdraft.not_executed',
        details: { status },
      });
      expect(paths()).toEqual([]);
      expect(archive.emulator.requests.count({ origin: 'storage' })).toBe(0);
    },
  );

  it('does not read the document again when the ledger has its receipts', async () => {
    const { id } = archive.emulator.state.addContract(nda);
    const first = await archiveContract(id, archive.options);
    archive.emulator.requests.clear();
    const second = await archiveContract(id, archive.options);

    expect(second.receipts).toEqual(first.receipts);
    expect(archive.emulator.requests.count({ origin: 'api' })).toBe(2);
    expect(archive.emulator.requests.count({ origin: 'storage' })).toBe(0);
  });

  it('archives a new executed version beside the old one', async () => {
    const { id } = archive.emulator.state.addContract(nda);
    await archiveContract(id, archive.options);
    archive.emulator.state.uploadExecutedVersion(id, { document: await contractPdf({ title: 'Mutual NDA, corrected' }) });
    const result = await archiveContract(id, archive.options);

    expect(result.receipts.store?.sha256).toBe(await originalSha256(id));
    expect(paths()).toHaveLength(2);
    expect(await archive.ledger.list(id)).toHaveLength(2);
  });

  it.each([402, 404, 409, 'empty', 'html'] as const)('waits while the document is not ready (%s)', async (answer) => {
    const { id } = archive.emulator.state.addContract(nda);
    archive.emulator.state.setNotReady(id, { forMs: 60_000, answer });
    const events: ArchiveEvent[] = [];
    const result = await archiveContract(id, {
      ...archive.options,
      onEvent: (event) => {
        events.push(event);
        if (event.type === 'document.delayed' && event.attempt === 2) archive.emulator.clock.advance(60_000);
      },
    });

    expect(result.receipts.store?.sha256).toBe(await originalSha256(id));
    expect(events.filter(({ type }) => type === 'document.delayed').length).toBeGreaterThanOrEqual(2);
  });

  it.each([402, 404, 409, 'empty', 'html'] as const)('says that the document is not ready when it stays so (%s)', async (answer) => {
    const { id } = archive.emulator.state.addContract(nda);
    archive.emulator.state.setNotReady(id, { forMs: 3_600_000, answer });
    await expect(archiveContract(id, archive.options)).rejects.toMatchObject({ code: 'spotdraft.document_not_ready', recovery: 'retry' });
    expect(paths()).toEqual([]);
  });

  it.each(['cutResponse', 'corruptResponse'] as const)('downloads anew when the bytes arrive broken (%s)', async (kind) => {
    const { id } = archive.emulator.state.addContract(nda);
    const fault = archive.emulator.faults.inject({ kind, origin: 'storage' });
    const result = await archiveContract(id, archive.options);

    expect(fault.fired).toBe(1);
    expect(result.receipts.store?.sha256).toBe(await originalSha256(id));
    expect(paths()).toHaveLength(1);
  });

  it('does not take a PDF without its end for a whole one', async () => {
    const whole = await contractPdf({ title: 'Mutual NDA' });
    const { id } = archive.emulator.state.addContract({ ...nda, document: whole.subarray(0, whole.length - 200) });
    await expect(archiveContract(id, archive.options)).rejects.toMatchObject({ code: 'integrity.download_incomplete' });
    expect(paths()).toEqual([]);
  });

  it('stores one copy when SpotDraft renders other bytes for each download and the first reply was lost', async () => {
    await using rerendering = await startEmulatedArchive({ rerendersPdf: true });
    const { id } = rerendering.emulator.state.addContract(nda);
    rerendering.destination.store.faults.inject({ kind: 'loseReply', request: 'create' });
    const first = await archiveContract(id, rerendering.options);
    const second = await archiveContract(id, rerendering.options);

    expect(first.failures.store?.recovery).toBe('retry');
    expect(second.receipts.store).toMatchObject({ outcome: 'adopted', sha256: first.documents[0]?.sha256 });
    expect(rerendering.destination.store.files.size).toBe(1);
  });

  it("keeps one destination's receipt when another one fails", async () => {
    const { id } = archive.emulator.state.addContract(nda);
    const broken = memoryDestination();
    broken.store.faults.inject({ times: Number.POSITIVE_INFINITY });
    const result = await archiveContract(id, { ...archive.options, destinations: { good: archive.destination, broken } });

    expect(result.complete).toBe(false);
    expect(result.receipts.good?.outcome).toBe('stored');
    expect(result.receipts.broken).toBeUndefined();
    expect(result.failures.broken?.code).toBe('destination.unavailable');

    broken.store.faults.clear();
    const again = await archiveContract(id, { ...archive.options, destinations: { good: archive.destination, broken } });
    expect(again.receipts).toMatchObject({ good: result.receipts.good, broken: { outcome: 'stored' } });
    expect(archive.destination.store.files.size).toBe(1);
  });

  it('stores one copy when two callers want the same contract at the same time', async () => {
    const { id } = archive.emulator.state.addContract(nda);
    const [one, other] = await Promise.all([archiveContract(id, archive.options), archiveContract(id, archive.options)]);

    expect(one.receipts).toEqual(other.receipts);
    expect(archive.destination.store.files.size).toBe(1);
  });

  it('adds DOCX and manifest beside the PDF when asked, under the same name', async () => {
    const docx = Buffer.from('PK\u0003\u0004 not really a document');
    const { id } = archive.emulator.state.addContract({ ...nda, docx, keyPointers: { governing_law: 'England' } });
    const result = await archiveContract(id, { ...archive.options, documents: { docx: true, manifest: true } });

    expect(paths().toSorted()).toEqual(['docx', 'json', 'pdf'].map((ending) => `NDA/Acme Inc/Mutual NDA-03022026.${ending}`));
    const [pdf, , manifest] = result.documents;
    const told = JSON.parse(await new Response(await archive.destination.open(manifest?.receipts.store?.id ?? '')).text());
    expect(told).toMatchObject({
      contractId: id,
      title: 'Mutual NDA',
      counterparties: ['Acme Inc'],
      executedAt: '2026-03-02T10:00:00.000Z',
      keyPointers: [{ fieldName: 'governing_law', value: 'England' }],
      documents: [
        { document: 'signed-pdf', sha256: pdf?.sha256, size: pdf?.size },
        { document: 'docx', size: docx.length },
      ],
    });
    expect(told.signatories[0]).toMatchObject({ type: 'SIGNATORY', action: { isSuccess: true } });
  });

  it('goes without the DOCX of a contract that has none', async () => {
    const { id } = archive.emulator.state.addContract(nda);
    const result = await archiveContract(id, { ...archive.options, documents: { docx: true } });
    expect(result.complete).toBe(true);
    expect(result.documents.map(({ document }) => document)).toEqual(['signed-pdf']);
  });

  it('checks its options before any request', async () => {
    await expect(archiveContract('T-1', { ...archive.options, destinations: {} })).rejects.toMatchObject({
      code: 'config.missing_option',
      details: { option: 'destinations' },
    });
    expect(archive.emulator.requests.all).toEqual([]);
  });

  it('tells neither links nor credentials in events and errors, and sends no credential to the file storage', async () => {
    const { id } = archive.emulator.state.addContract(nda);
    archive.emulator.faults.inject({ kind: 'status', status: 500, origin: 'storage', times: Number.POSITIVE_INFINITY });
    const told: unknown[] = [];
    const error = await archiveContract(id, { ...archive.options, onEvent: (event) => told.push(event) }).catch(
      (caught: unknown) => caught,
    );

    const text = inspect([error, told], { depth: 10, showHidden: true }) + JSON.stringify([error, told]);
    expect(error).toBeInstanceOf(Error);
    expect(text).not.toContain(archive.emulator.clientSecret);
    const [request] = archive.emulator.requests.list({ origin: 'storage' });
    expect(text).not.toContain(request?.path);
    expect(archive.emulator.leakedCredentials()).toEqual([]);
  });
});

describe('a large document', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'archive-test-'));
  });
  afterEach(() => rm(directory, { recursive: true }));

  it('is spooled to a file that leaves no trace, and arrives byte for byte', async () => {
    const { id } = archive.emulator.state.addContract({ ...nda, document: { size: 3_000_000 } });
    const result = await archiveContract(id, { ...archive.options, maxMemoryBytes: 100_000, temporaryDirectory: directory });

    expect(result.receipts.store?.sha256).toBe(await originalSha256(id));
    expect(await readdir(directory)).toEqual([]);
  });

  it('stops with the reason of the signal and leaves nothing behind', async () => {
    const { id } = archive.emulator.state.addContract({ ...nda, document: { size: 3_000_000 } });
    const controller = new AbortController();
    const reason = new Error('shutting down');
    archive.emulator.onRequest(({ origin }, phase) => {
      if (origin === 'storage' && phase === 'before-effect') controller.abort(reason);
    });
    const run = archiveContract(id, {
      ...archive.options,
      maxMemoryBytes: 100_000,
      temporaryDirectory: directory,
      signal: controller.signal,
    });

    await expect(run).rejects.toBe(reason);
    expect(paths()).toEqual([]);
    expect(await readdir(directory)).toEqual([]);
  });
});
