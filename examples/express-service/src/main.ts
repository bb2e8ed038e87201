import { ArchiveError, createSpotDraftClient, toNodeHandler } from '@spotdraft-archive/core';
import { filesystem } from '@spotdraft-archive/filesystem';
import { createArchiveService } from '@spotdraft-archive/service';
import express, { type ErrorRequestHandler } from 'express';

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

// The caller's mistake, such as an id that is none. Everything else is Express's 500.
const answerMistakes: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  if (ArchiveError.isInstance(error) && error.code === 'spotdraft.invalid_request') response.status(400).json({ error: error.code });
  else next(error);
};
app.use(answerMistakes);

const server = app.listen(Number(PORT), () => console.log('Listening on', server.address()));

// First no more webhooks, then the end of the running jobs.
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => server.close(() => void service.stop()));
