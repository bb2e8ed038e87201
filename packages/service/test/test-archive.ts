import { createSpotDraftClient, type SpotDraftClient } from '@spotdraft-archive/core';
import {
  type MemoryDestination,
  memoryDestination,
  type SpotDraftEmulator,
  type SpotDraftEmulatorOptions,
  startSpotDraftEmulator,
  testWebhookKey,
} from '@spotdraft-archive/testkit';
import { onTestFinished } from 'vitest';
import { type ArchiveService, type ArchiveServiceOptions, createArchiveService, type DatabaseOptions } from '../src/index.ts';
import type { TestEngine } from './test-databases.ts';

/** An emulated SpotDraft that sends its webhooks to services on one database, with two stores. All of it ends with the test. */
export interface TestArchive {
  readonly emulator: SpotDraftEmulator;
  readonly spotdraft: SpotDraftClient;
  readonly stores: { readonly drive: MemoryDestination; readonly box: MemoryDestination };
  readonly database: DatabaseOptions;
  /** Another service, as another process would have it; not started. */
  readonly createService: (changes?: Partial<ArchiveServiceOptions>) => ArchiveService;
  /** The service that webhooks reach; started. */
  readonly service: ArchiveService;
  /** Waits until every webhook has arrived and every job has come to its end, for now. */
  readonly settled: () => Promise<void>;
}

export interface TestArchiveOptions {
  readonly emulator?: SpotDraftEmulatorOptions | undefined;
  readonly service?: Partial<ArchiveServiceOptions> | undefined;
}

/** Delays that no test notices. */
export const quickJobs = { attempts: 4, firstDelayMs: 2, maxDelayMs: 5, pollIntervalMs: 50, recheckMs: 60_000, drainMs: 2_000 } as const;

export async function startTestArchive(engine: TestEngine, options: TestArchiveOptions = {}): Promise<TestArchive> {
  const { options: database, drop } = await engine.createReady();
  onTestFinished(drop);
  let receiver: ArchiveService | undefined;
  const emulator = await startSpotDraftEmulator({
    rateLimit: false,
    allowHttpWebhooks: true,
    webhookFailureLimit: Number.POSITIVE_INFINITY,
    webhookFetch: async (...request) => receiver?.handler(new Request(...request)) ?? new Response(null, { status: 503 }),
    ...options.emulator,
  });
  onTestFinished(() => emulator.stop());
  const spotdraft = createSpotDraftClient({
    baseUrl: emulator.url,
    source: 'test',
    clientId: emulator.clientId,
    clientSecret: emulator.clientSecret,
    requestsPerSecond: 1_000,
    retry: { attempts: 2, firstDelayMs: 1, maxDelayMs: 2 },
  });
  const stores = { drive: memoryDestination(), box: memoryDestination() };

  const createService = (changes: Partial<ArchiveServiceOptions> = {}): ArchiveService => {
    const service = createArchiveService({
      spotdraft,
      destinations: stores,
      requestsPerSecond: Number.POSITIVE_INFINITY,
      database,
      webhook: { keys: testWebhookKey },
      jobs: quickJobs,
      schedule: false,
      ...changes,
    });
    onTestFinished(() => service.stop());
    return service;
  };
  const service = createService(options.service);
  await service.start();
  receiver = service;
  await spotdraft.webhooks.create({
    title: 'archive',
    url: 'http://receiver.test/webhooks',
    activities: [
      'CONTRACT_EXECUTED',
      'CONTRACT_CREATED',
      'CONTRACT_VERSION_UPLOADED',
      'CONTRACT_DELETED',
      'CONTRACT_VOIDED',
      'CONTRACT_SIGNED',
    ],
  });
  const settled = async (): Promise<void> => {
    await emulator.deliveries.settled();
    await service.idle();
  };
  return { emulator, spotdraft, stores, database, createService, service, settled };
}

/** Ids of the contracts whose signed PDFs lie in a store, one for each copy. */
export function copiesIn({ store }: MemoryDestination): readonly string[] {
  return [...store.files.values()].map(({ key = '' }) => key.split('/')[1] ?? '').toSorted();
}
