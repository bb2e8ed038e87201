import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type ContractEvent, createWebhookHandler, toNodeHandler } from '@spotdraft-archive/core';

export interface Receiver {
  readonly url: string;
  /** Webhooks that were not let in. */
  readonly refused: number;
  stop(): Promise<void>;
}

/** Starts a web server on this machine that takes SpotDraft's webhooks. */
export async function startReceiver(key: string, onEvent: (event: ContractEvent) => void): Promise<Receiver> {
  let refused = 0;
  const handler = createWebhookHandler({
    keys: [key],
    onEvent: async (event) => onEvent(event),
    onError: () => {
      refused += 1;
    },
  });
  const server = createServer(toNodeHandler(handler));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/webhooks`,
    get refused() {
      return refused;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
