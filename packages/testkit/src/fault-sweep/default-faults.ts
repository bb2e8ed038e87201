import type { FaultAction } from '../emulator/index.ts';

/** What befalls each request in turn. */
export const defaultFaults: Readonly<Record<string, FaultAction>> = {
  'is answered with 429': { kind: 'status', status: 429 },
  'is answered with 500': { kind: 'status', status: 500 },
  'is answered with 503': { kind: 'status', status: 503 },
  'is cut in the middle of its body': { kind: 'cutRequest', afterBytes: 1_000 },
  'is cut in a body of which the store has read the beginning': { kind: 'cutRequest', afterBytes: 60_000, received: 'kept' },
  'loses its reply': { kind: 'loseReply' },
  'loses half of its reply': { kind: 'cutResponse', afterBytes: 10 },
};
