import { setImmediate as nextTurn } from 'node:timers/promises';
import { memoryDestination, webhookPayload } from '@spotdraft-archive/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type ArchiveOptions,
  archiveContract,
  type ContractToArchive,
  defineLayout,
  memoryLedger,
  parseContractEvent,
} from '../../src/index.ts';
import { type EmulatedArchive, startEmulatedArchive } from './emulated-archive.ts';

let archive: EmulatedArchive;
beforeEach(async () => {
  archive = await startEmulatedArchive();
});
afterEach(() => archive[Symbol.asyncDispose]());

const nda = { title: 'Mutual NDA', status: 'EXECUTED', executedAt: new Date('2026-03-02T10:00:00Z') } as const;

describe('archiveContract for callers without types', () => {
  it.each([
    ['spotdraft', { spotdraft: { clientId: 'id', clientSecret: 'secret' } }],
    ['destinations', { destinations: [memoryDestination()] }],
    ['destinations.provider', { destinations: memoryDestination() }],
    ['destinations.store', { destinations: { store: null } }],
    ['destinations.store', { destinations: { store: './archive' } }],
    ['destinations.store', { destinations: { store: memoryDestination } }],
    ['destinations.store', { destinations: { store: Promise.resolve(memoryDestination()) } }],
    ['ledger', { ledger: {} }],
    ['ledger', { ledger: memoryLedger }],
    ['layout', { layout: '{title}' }],
    ['readiness.attempts', { readiness: { attempts: '5' } }],
    ['readiness.attempts', { readiness: { attempts: 1.5 } }],
    ['documents', { documents: ['docx'] }],
    ['documents.word', { documents: { word: true } }],
    ['maxMemoryBytes', { maxMemoryBytes: '8 MB' }],
    ['temporaryDirectory', { temporaryDirectory: 7 }],
    ['onEvent', { onEvent: 'console.log' }],
    ['logger', { logger: {} }],
    ['tracer', { tracer: {} }],
    ['now', { now: new Date() }],
    ['signal', { signal: new AbortController() }],
  ])('names the option "%s" when it is wrong, and what to do, before any request', async (option, wrong) => {
    const options = { ...archive.options, ...wrong } as unknown as ArchiveOptions;
    const error: unknown = await archiveContract('T-1', options).catch((reason: unknown) => reason);

    expect(error).toMatchObject({ code: 'config.invalid_option', recovery: 'never', details: { option } });
    expect(error).toHaveProperty('hint', expect.stringMatching(/\.$/));
    expect(archive.emulator.requests.all).toEqual([]);
  });

  it.each([19_589, null, undefined, {}, [], true, { contractId: 'T-1', status: 'EXECUTED' }])(
    'says that %j names no contract',
    async (input) => {
      await expect(archiveContract(input as unknown as ContractToArchive, archive.options)).rejects.toMatchObject({
        code: 'spotdraft.invalid_request',
        hint: expect.stringContaining('T-19589'),
      });
      expect(archive.emulator.requests.all).toEqual([]);
    },
  );
});

it('takes an event that a queue has kept as JSON', async () => {
  const { number, title } = archive.emulator.state.addContract(nda);
  const event = parseContractEvent(webhookPayload({ contract_id: number, contract_title: title }));
  expect(event.occurredAt).toBeInstanceOf(Date);
  const layout = defineLayout('{executedAt:yyyy}/{createdAt:yyyy}/{title}');
  const { receipts } = await archiveContract(JSON.parse(JSON.stringify(event)), { ...archive.options, layout });
  expect(receipts.store?.path).toMatch(/^\d{4}\/\d{4}\/Mutual NDA\.pdf$/);
});

describe('a listener that fails', () => {
  it('keeps nothing from the logger', async () => {
    const { id } = archive.emulator.state.addContract(nda);
    const logged: string[] = [];
    const log = (_fields: object, message: string): void => void logged.push(message);
    const onEvent = (): never => {
      throw new Error('listener');
    };
    await archiveContract(id, { ...archive.options, onEvent, logger: { debug: log, info: log, warn: log, error: log } });
    expect(logged).toContain('contract.archived');
  });

  it('does not end the process when it fails later', async () => {
    const { id } = archive.emulator.state.addContract(nda);
    const unhandled: unknown[] = [];
    // The types let a listener return anything that is not used; an async one is easily passed.
    const onEvent = (async () => Promise.reject(new Error('listener'))) as () => void;
    const note = (reason: unknown): void => void unhandled.push(reason);
    process.on('unhandledRejection', note);
    try {
      await archiveContract(id, { ...archive.options, onEvent });
      await nextTurn();
      expect(unhandled).toEqual([]);
    } finally {
      process.off('unhandledRejection', note);
    }
  });
});
