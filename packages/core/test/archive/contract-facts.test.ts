import { contractPdf, memoryDestination, webhookPayload } from '@spotdraft-archive/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { archiveContract, type ContractFacts, defineLayout, describeContract, parseContractEvent } from '../../src/index.ts';
import { type EmulatedArchive, startEmulatedArchive } from './emulated-archive.ts';

let archive: EmulatedArchive;
beforeEach(async () => {
  archive = await startEmulatedArchive();
});
afterEach(() => archive[Symbol.asyncDispose]());

const lease = {
  title: 'Lease',
  contractType: 'Lease',
  status: 'EXECUTED',
  executedAt: new Date('2026-03-02T10:00:00Z'),
  keyPointers: { floor: 7 },
} as const;

function addLease() {
  const contract = archive.emulator.state.addContract(lease);
  archive.emulator.requests.clear();
  const event = parseContractEvent(
    webhookPayload({
      contract_id: contract.number,
      contract_title: 'Lease',
      contract_reference_id: contract.referenceId ?? '',
      contract_type: 'Lease',
      contract_type_name: 'Lease',
    }),
  );
  return { id: contract.id, event };
}

const apiRequests = (): number => archive.emulator.requests.count({ origin: 'api' });

describe('the facts of a contract', () => {
  it('come with the result without a request more', async () => {
    const { event, id } = addLease();
    const { contract, versionId } = await archiveContract(event, archive.options);
    expect(contract).toMatchObject({ contractId: id, title: 'Lease', contractType: 'Lease', status: 'EXECUTED', versionId });
    expect(contract.keyPointers).toBeUndefined();
    expect(apiRequests()).toBe(2);
  });

  it('cost one request for the key pointers, also when the layout needs them too, and when there is nothing left to store', async () => {
    const layout = defineLayout('{keyPointer.floor}/{title}');
    const { event } = addLease();
    const first = await archiveContract(event, { ...archive.options, layout, facts: ['keyPointers'] });
    expect(first.contract.keyPointers?.get('floor')?.value).toBe(7);
    expect(apiRequests()).toBe(3);
    const second = await archiveContract(event, { ...archive.options, facts: ['keyPointers'] });
    expect(second.contract.keyPointers?.get('floor')?.value).toBe(7);
    expect(apiRequests()).toBe(6);
  });

  it('can be asked for alone', async () => {
    const { event, id } = addLease();
    const contract = await describeContract(event, { spotdraft: archive.spotdraft, facts: ['keyPointers', 'executedAt'] });
    expect(contract).toMatchObject({ contractId: id, title: 'Lease' });
    expect(contract.keyPointers?.get('floor')?.value).toBe(7);
    expect(apiRequests()).toBe(2);
    expect(archive.destination.store.files.size).toBe(0);
  });

  it('name the version whose document was stored, when a new one came between link and download', async () => {
    const { id } = addLease();
    const { state } = archive.emulator;
    const corrected = await contractPdf({ title: 'Lease, corrected', parties: ['A', 'B'] });
    archive.emulator.faults.inject({ kind: 'status', status: 404, origin: 'storage' });
    archive.emulator.onRequest(({ origin }) => {
      if (origin === 'storage' && state.get(id).versions.length === 1) state.uploadExecutedVersion(id, { document: corrected });
    });
    const result = await archiveContract(id, archive.options);
    expect(result.versionId).toBe(String(state.get(id).versions.at(-1)?.id));
    expect(result.receipts.store?.versionId).toBe(result.versionId);
    expect(result.contract.versionId).toBe(result.versionId);
  });
});

describe('a route', () => {
  const options = () => ({ ...archive.options, destinations: { leases: archive.destination, rest: memoryDestination() } });
  const byType = ({ contractType }: ContractFacts): string[] => (contractType === 'Lease' ? ['leases'] : ['rest']);

  it('brings a contract into the destinations that it chooses, and into no other', async () => {
    const { event } = addLease();
    const given = options();
    const result = await archiveContract(event, { ...given, route: byType });
    expect(result).toMatchObject({ complete: true, destinations: ['leases'], receipts: { leases: { outcome: 'stored' } } });
    expect(given.destinations.rest.store.requests).toEqual([]);
  });

  it('may choose by key pointers, and may choose nobody: then nothing is downloaded', async () => {
    const { event } = addLease();
    const route = async ({ keyPointers }: ContractFacts) => (keyPointers?.get('floor')?.value === 7 ? [] : ['rest']);
    const result = await archiveContract(event, { ...options(), route, facts: ['keyPointers'] });
    expect(result).toMatchObject({ complete: true, destinations: [], receipts: {}, documents: [] });
    expect(archive.emulator.requests.count({ origin: 'storage' })).toBe(0);
  });

  it('that names a destination which does not exist is a mistake, before anything is stored', async () => {
    const { event } = addLease();
    const run = archiveContract(event, { ...options(), route: () => ['leases', 'toString'] });
    await expect(run).rejects.toMatchObject({ code: 'config.invalid_option', details: { option: 'route', name: 'toString' } });
    expect(archive.destination.store.requests).toEqual([]);
  });
});
