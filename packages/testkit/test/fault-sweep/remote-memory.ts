import { DestinationError, type DocumentToStore, type PutResult, type StorageDestination } from '@spotdraft-archive/core/destination';
import { type FaultSweepHarness, memoryDestination, startEmulator } from '../../src/index.ts';
import type { Mutation } from '../conformance/mutation.ts';

interface Sent extends Omit<DocumentToStore, 'open'> {
  /** In base64. */
  readonly bytes: string;
}

export interface RemoteMemoryOptions {
  /** What is wrong at the store's end. */
  readonly store?: Mutation | undefined;
  /** What is wrong at this end. */
  readonly client?: Mutation | undefined;
  /** What failures say of themselves. @default 'retry' */
  readonly recovery?: 'retry' | 'never' | undefined;
}

const unchanged: Mutation = (destination) => destination;

/** A memory destination at the other end of one request: the smallest store with requests that can fail. */
export async function remoteMemory(options: RemoteMemoryOptions = {}): Promise<FaultSweepHarness> {
  const { store = unchanged, client = unchanged, recovery = 'retry' } = options;
  const memory = memoryDestination({ capabilities: { resumableFromBytes: false } });
  const behind = store(memory);
  const emulator = await startEmulator({
    origins: {
      api: async (request) => {
        const { bytes, ...document } = (await request.json()) as Sent;
        return Response.json(await behind.put({ ...document, open: () => new Blob([Buffer.from(bytes, 'base64')]).stream() }));
      },
    },
  });

  async function put(document: DocumentToStore): Promise<PutResult> {
    const bytes = Buffer.from(await new Response(document.open()).arrayBuffer()).toString('base64');
    const request = fetch(emulator.url, { method: 'POST', body: JSON.stringify({ ...document, bytes } satisfies Sent) });
    const answer = await request.then((response) => (response.ok ? response.json() : undefined)).catch(() => undefined);
    if (answer === undefined) throw new DestinationError('No answer.', { code: 'destination.unavailable', recovery, hint: 'Wait.' });
    return answer as PutResult;
  }

  const restart = (): StorageDestination => client({ ...memory, put });
  return {
    emulator,
    restart,
    destination: restart(),
    listPaths: async () => memory.store.paths(),
    cleanup: () => emulator.stop(),
  };
}
