import { createSpotDraftClient } from '@spotdraft-archive/core';
import { memoryDestination, testWebhookKey } from '@spotdraft-archive/testkit';
import { createArchiveService } from '../src/index.ts';

// Starts a service on the SQLite file in the folder, or on the PostgreSQL server, that is the first argument, and prints how that went.
const place = process.argv[2] ?? '';
const service = createArchiveService({
  spotdraft: createSpotDraftClient({ baseUrl: 'http://127.0.0.1:1', source: 'test', clientId: 'id', clientSecret: 'secret' }),
  destinations: { drive: memoryDestination() },
  database: place.startsWith('postgres://') ? { connectionString: place } : { dataDir: place },
  webhook: { keys: testWebhookKey },
});
try {
  await service.start();
  console.log(JSON.stringify({ started: true }));
  await service.stop();
} catch (error) {
  console.log(JSON.stringify(error));
}
