// A receiver of webhooks in a process of its own. RECEIVER is JSON: the database of a service, or nothing for a server that only verifies.

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { createSpotDraftClient, toNodeHandler, verifyWebhook } from '@spotdraft-archive/core';
import { filesystem } from '@spotdraft-archive/filesystem';
import { testWebhookKey } from '@spotdraft-archive/testkit/emulators';
import { createArchiveService, type DatabaseOptions } from '../src/index.ts';

const database = JSON.parse(process.env['RECEIVER'] ?? 'null') as DatabaseOptions | null;

/** The least that a receiver has to do: collect the bytes, verify, answer. It forgets what it accepted. */
function bareServer() {
  return createServer((request, response) => {
    const pieces: Uint8Array[] = [];
    request.on('data', (piece: Uint8Array) => pieces.push(piece));
    request.on('end', () => {
      const signature = String(request.headers['x-sd-webhook-content-hash']);
      verifyWebhook(Buffer.concat(pieces), { signature, keys: [testWebhookKey] });
      response.writeHead(202).end();
    });
  });
}

/** SpotDraft refuses the credentials, so that no job takes time from the intake after the first. */
async function refuse(): Promise<Response> {
  return Response.json({}, { status: 401 });
}

async function serviceServer(options: DatabaseOptions) {
  const spotdraft = createSpotDraftClient({ baseUrl: 'http://127.0.0.1:1', clientId: 'id', clientSecret: 'secret', fetch: refuse });
  const service = createArchiveService({
    spotdraft,
    destinations: { nowhere: filesystem({ directory: tmpdir() }) },
    database: options,
    webhook: { keys: testWebhookKey },
    jobs: { concurrency: 1, pollIntervalMs: 60_000, recheckMs: 3_600_000 },
    schedule: false,
  });
  await service.start();
  return createServer(toNodeHandler(service.handler));
}

const server = database === null ? bareServer() : await serviceServer(database);
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port));
