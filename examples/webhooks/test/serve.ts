import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createWebhookHandler, type WebhookHandler } from '@spotdraft-archive/core';
import { testWebhookKey } from '@spotdraft-archive/testkit';
import { onTestFinished } from 'vitest';

/** Serves until the test ends. */
export async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

export interface ObservedHandler {
  readonly handler: WebhookHandler;
  /** Numbers of the contracts of accepted events. */
  readonly accepted: (number | undefined)[];
  /** Codes of refusals. */
  readonly refused: string[];
}

export function observedHandler(): ObservedHandler {
  const accepted: (number | undefined)[] = [];
  const refused: string[] = [];
  const handler = createWebhookHandler({
    keys: testWebhookKey,
    onEvent: (event) => accepted.push(event.contractNumber),
    onError: (_error, { code }) => refused.push(code),
  });
  return { handler, accepted, refused };
}
