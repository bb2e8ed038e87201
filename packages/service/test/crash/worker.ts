// A process of the service. It loads everything first, and starts when it is told with what.

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { toNodeHandler } from '@spotdraft-archive/core';
import { createCrashService } from './create-crash-service.ts';
import type { WorkerOptions } from './worker-options.ts';

process.once('message', (options: WorkerOptions) => void start(options));
// Nobody is left to work for.
process.once('disconnect', () => process.exit());

async function start(options: WorkerOptions): Promise<void> {
  const service = createCrashService(options);
  await service.start();

  const server = createServer(toNodeHandler(service.handler));
  server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
}
