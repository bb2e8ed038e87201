// Start this program on as many machines as you like. All of them receive webhooks and all of them work; PostgreSQL tells them apart.
import { createServer } from 'node:http';
import { createSpotDraftClient, toNodeHandler } from '@spotdraft-archive/core';
import { dropbox } from '@spotdraft-archive/dropbox';
import { createArchiveService } from '@spotdraft-archive/service';

const { env } = process;
const { DROPBOX_API_URL: api, DROPBOX_CONTENT_URL: content } = env;

const spotdraft = createSpotDraftClient({
  ...(env.SPOTDRAFT_BASE_URL === undefined ? { region: 'us' } : { baseUrl: env.SPOTDRAFT_BASE_URL }),
  clientId: env.SPOTDRAFT_CLIENT_ID ?? '',
  clientSecret: env.SPOTDRAFT_CLIENT_SECRET ?? '',
});
const service = createArchiveService({
  spotdraft,
  destinations: {
    dropbox: dropbox({
      auth: { appKey: env.DROPBOX_APP_KEY ?? '', appSecret: env.DROPBOX_APP_SECRET ?? '', refreshToken: env.DROPBOX_REFRESH_TOKEN ?? '' },
      path: '/Contracts',
      baseUrls: api && content ? { api, content } : undefined,
    }),
  },
  database: { connectionString: env.DATABASE_URL ?? '' },
  webhook: { keys: () => spotdraft.webhooks.hmacKey(), onError: (error) => console.error(error) },
});
await service.start();

const [receive, health] = [toNodeHandler(service.handler), toNodeHandler(service.healthHandler)];
const server = createServer((request, response) => (request.url === '/health' ? health : receive)(request, response));
server.listen(Number(env.PORT ?? 3000), () => console.log('Listening on', server.address()));

// First no more webhooks, then the end of the running jobs. What has not ended by then, another worker goes on with.
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => server.close(() => void service.stop()));
