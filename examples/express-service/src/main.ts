import { createSpotDraftClient, toNodeHandler } from '@spotdraft-archive/core';
import { filesystem } from '@spotdraft-archive/filesystem';
import { createArchiveService } from '@spotdraft-archive/service';
import express from 'express';

const { SPOTDRAFT_CLIENT_ID, SPOTDRAFT_CLIENT_SECRET, SPOTDRAFT_BASE_URL, DATA_DIR = './data', PORT = '3000' } = process.env;

const spotdraft = createSpotDraftClient({
  ...(SPOTDRAFT_BASE_URL === undefined ? { region: 'us' } : { baseUrl: SPOTDRAFT_BASE_URL }),
  clientId: SPOTDRAFT_CLIENT_ID ?? '',
  clientSecret: SPOTDRAFT_CLIENT_SECRET ?? '',
});
const service = createArchiveService({
  spotdraft,
  destinations: { folder: filesystem({ directory: `${DATA_DIR}/contracts` }) },
  database: { dataDir: DATA_DIR },
  webhook: { keys: () => spotdraft.webhooks.hmacKey(), onError: (error) => console.error(error) },
});
await service.start();

const app = express();
// Before any body parser: the signature covers the bytes, and a parser does not keep them.
app.post('/webhooks/spotdraft', toNodeHandler(service.handler));
// Put your own authentication before these: they tell about contracts.
app.get('/contracts', async (request, response) => {
  const { text } = request.query;
  response.json(await service.search(typeof text === 'string' ? { text } : {}));
});
app.get('/contracts/:contractId', async (request, response) => void response.json(await service.status(request.params.contractId)));
app.get('/health', toNodeHandler(service.healthHandler));

const server = app.listen(Number(PORT), () => console.log('Listening on', server.address()));

// SpotDraft promises no second delivery: what webhooks did not bring, this finds.
async function repair(): Promise<void> {
  const [from, to] = [new Date(Date.now() - 2 * 86_400_000), new Date()];
  await service.repair({ from, to }).catch((error: unknown) => console.error(error));
}
const repairs = setInterval(() => void repair(), 3_600_000);

process.once('SIGTERM', () => {
  clearInterval(repairs);
  server.close();
  void service.stop();
});
