// A process of its own with a service that archives into memory: started by the test of the budget, and told where everything is.

import { createSpotDraftClient } from '@spotdraft-archive/core';
import { memoryDestination, testWebhookKey } from '@spotdraft-archive/testkit';
import { createArchiveService, type DatabaseOptions } from '../src/index.ts';

export interface BudgetProcessOptions {
  readonly baseUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly database: DatabaseOptions;
}

process.once('message', (options: BudgetProcessOptions) => void start(options));
process.once('disconnect', () => process.exit());

async function start({ database, ...options }: BudgetProcessOptions): Promise<void> {
  let archived = 0;
  const service = createArchiveService({
    // Alone it would be refused at once.
    spotdraft: createSpotDraftClient({ ...options, source: 'test', requestsPerSecond: 50, concurrency: 8 }),
    destinations: { drive: memoryDestination() },
    database,
    webhook: { keys: testWebhookKey },
    schedule: false,
    jobs: { pollIntervalMs: 50 },
    onEvent: ({ type }) => {
      if (type === 'contract.archived') archived += 1;
    },
  });
  await service.start();
  process.send?.('started');
  process.once('message', () => void service.stop().then(() => process.send?.(archived, () => process.exit())));
}
