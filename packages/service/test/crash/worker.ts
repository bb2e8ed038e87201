import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { toNodeHandler } from '@spotdraft-archive/core';
import { createCrashService } from './create-crash-service.ts';
import type { WorkerOptions } from './worker-options.ts';

const service = createCrashService(JSON.parse(process.env.WORKER ?? '') as WorkerOptions);
await service.start();
const server = createServer(toNodeHandler(service.handler));
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port));
