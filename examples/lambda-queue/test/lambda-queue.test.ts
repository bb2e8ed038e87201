import { createSpotDraftClient } from '@spotdraft-archive/core';
import { startBoxEmulator, startSpotDraftEmulator, testWebhookKey } from '@spotdraft-archive/testkit';
import { createDatabase } from '@spotdraft-archive-examples/support';
import type { APIGatewayProxyEventV2, SQSEvent } from 'aws-lambda';
import { expect, it, onTestFinished, vi } from 'vitest';
import { startQueue } from './start-queue.ts';

/** A webhook as API Gateway hands it to a function. */
async function lambdaRequest(request: Request): Promise<APIGatewayProxyEventV2> {
  const body = Buffer.from(await request.arrayBuffer()).toString('base64');
  return { body, isBase64Encoded: true, headers: Object.fromEntries(request.headers) } as unknown as APIGatewayProxyEventV2;
}

/** The two functions, loaded anew as Lambda does in each of its machines, and all they talk to. */
async function deploy() {
  vi.resetModules();
  const requests: APIGatewayProxyEventV2[] = [];
  const source = await startSpotDraftEmulator({
    allowHttpWebhooks: true,
    webhookFetch: async (...request) => {
      requests.push(await lambdaRequest(new Request(...request)));
      return new Response(null, { status: 202 });
    },
  });
  onTestFinished(() => source.stop());
  const store = await startBoxEmulator();
  onTestFinished(() => store.stop());
  const queue = await startQueue();
  const environment = {
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_ENDPOINT_URL_SQS: new URL(queue.url).origin,
    QUEUE_URL: queue.url,
    SPOTDRAFT_HMAC_KEY: testWebhookKey,
    SPOTDRAFT_BASE_URL: source.url,
    SPOTDRAFT_CLIENT_ID: source.clientId,
    SPOTDRAFT_CLIENT_SECRET: source.clientSecret,
    BOX_CLIENT_ID: store.clientId,
    BOX_CLIENT_SECRET: store.clientSecret,
    BOX_ENTERPRISE_ID: store.enterpriseId,
    BOX_FOLDER_ID: store.folderId,
    BOX_API_URL: store.urls.api,
    BOX_UPLOAD_URL: store.urls.upload,
    DATABASE_URL: await createDatabase(),
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  const { handler: receive } = await import('../src/receive.ts');
  const { handler: archive } = await import('../src/archive.ts');

  const { url: baseUrl, clientId, clientSecret, state } = source;
  const spotdraft = createSpotDraftClient({ baseUrl, clientId, clientSecret });
  await spotdraft.webhooks.create({ title: 'archive', url: 'http://lambda.test/', activities: ['CONTRACT_EXECUTED'] });
  state.execute(state.createContract({ title: 'Mutual NDA' }).id);
  await source.deliveries.settled();
  const [request] = requests;
  if (request === undefined) throw new Error('No webhook came.');
  return { store, queue, receive, archive, request };
}

it('archives a contract once, however often its webhook comes and its message is handed over', async () => {
  const { store, queue, receive, archive, request } = await deploy();
  expect([await receive(request), await receive(request)]).toEqual([{ statusCode: 202 }, { statusCode: 202 }]);
  const messages = queue.receive();
  expect(messages.Records).toHaveLength(1);
  expect([await archive(messages), await archive(messages)]).toEqual([{ batchItemFailures: [] }, { batchItemFailures: [] }]);
  expect(store.state.files.size).toBe(1);
});

it('refuses a forged webhook', async () => {
  vi.spyOn(console, 'warn').mockReturnValue();
  const { queue, receive, request } = await deploy();
  expect(await receive({ ...request, body: Buffer.from('forged').toString('base64') })).toEqual({ statusCode: 401 });
  expect(queue.receive().Records).toEqual([]);
});

it('gives back to the queue what could not be archived, and what comes after it', async () => {
  vi.spyOn(console, 'error').mockReturnValue();
  const { store, queue, receive, archive, request } = await deploy();
  await receive(request);
  const [message] = queue.receive().Records;
  const fault = store.faults.inject({ kind: 'status', status: 403, times: Number.POSITIVE_INFINITY });
  const batch = { Records: [message, { ...message, messageId: 'later' }] } as SQSEvent;
  const itemIdentifiers = [message?.messageId, 'later'];
  expect(await archive(batch)).toEqual({ batchItemFailures: itemIdentifiers.map((itemIdentifier) => ({ itemIdentifier })) });
  fault.remove();
  expect(await archive(queue.receive())).toEqual({ batchItemFailures: [] });
  expect(store.state.files.size).toBe(1);
});
