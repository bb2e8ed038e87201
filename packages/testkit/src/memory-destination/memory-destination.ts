import {
  type DestinationCapabilities,
  DestinationError,
  type DocumentPath,
  type FindQuery,
  type StorageDestination,
  type StoredCopy,
} from '@spotdraft-archive/core/destination';
import { memoryCapabilities } from './memory-capabilities.ts';
import type { MemoryBehaviour, MemoryContext } from './memory-context.ts';
import { describeFile, samePath } from './memory-file.ts';
import { type MemoryFile, MemoryStore } from './memory-store.ts';
import { putIntoMemory } from './put-into-memory.ts';
import { readBytes } from './read-bytes.ts';

export interface MemoryDestinationOptions extends MemoryBehaviour {
  /** What the destination can do, or pretends to be able to. @default everything: atomic by path, fresh look-up, resumable */
  readonly capabilities?: Partial<DestinationCapabilities> | undefined;
  /** Destinations with the same store are processes that share one account. @default a new one */
  readonly store?: MemoryStore | undefined;
}

export interface MemoryDestination extends StorageDestination {
  /** What lies in the account, its request log and its faults. */
  readonly store: MemoryStore;
}

/**
 * A complete destination that keeps everything in memory: for tests of code that stores documents.
 *
 * @example
 * const destination = memoryDestination();
 * destination.store.faults.inject({ kind: 'loseReply', request: 'create' });
 */
export function memoryDestination(options: MemoryDestinationOptions = {}): MemoryDestination {
  const capabilities = { ...memoryCapabilities, ...options.capabilities };
  const store = options.store ?? new MemoryStore();
  const context: MemoryContext = { capabilities, store, behaviour: options };

  return {
    provider: 'memory',
    capabilities,
    store,

    async check({ signal } = {}) {
      try {
        await store.request('check', () => {}, signal);
      } catch (error) {
        signal?.throwIfAborted();
        const message = error instanceof Error ? error.message : String(error);
        return { ok: false, findings: [{ subject: 'store', ok: false, message, hint: 'Remove the injected fault.' }] };
      }
      return { ok: true, findings: [{ subject: 'store', ok: true, message: 'The memory store answers.' }] };
    },

    put: (document, putOptions = {}) => putIntoMemory(document, putOptions, context),

    async find(query, { signal } = {}) {
      if (capabilities.keyLookup === 'path-only' && !query.path) throw pathMissing();
      return store.request('find', () => findCopy(query, context), signal);
    },

    stat: (id, { signal } = {}) =>
      store.request(
        'stat',
        () => {
          const file = store.files.get(id);
          return file && describeFile(file, capabilities);
        },
        signal,
      ),

    async open(id, { offset = 0, signal } = {}) {
      const file = await store.request('open', () => store.files.get(id), signal);
      if (!file) throw notFound(id);
      return readBytes(file.bytes.subarray(offset), signal);
    },
  };
}

function findCopy({ key, path }: FindQuery, { store, capabilities }: MemoryContext): StoredCopy | undefined {
  const isVisible = (file: MemoryFile): boolean =>
    liesAt(file, path, capabilities) ||
    (capabilities.keyLookup !== 'path-only' && (capabilities.keyLookup === 'immediate' || file.isIndexed));
  const [first, ...twins] = [...store.files.values()].filter((file) => file.key === key && isVisible(file));
  return first && { ...describeFile(first, capabilities), ...(twins.length > 0 && { twins: twins.map((file) => file.id) }) };
}

function liesAt(file: MemoryFile, path: DocumentPath | undefined, capabilities: DestinationCapabilities): boolean {
  return path !== undefined && samePath(file.path, path, capabilities.naming);
}

function pathMissing(): DestinationError {
  return new DestinationError('The key cannot be searched without a path.', {
    code: 'destination.unsupported',
    recovery: 'never',
    hint: 'Pass the path at which the copy was last seen.',
  });
}

function notFound(id: string): DestinationError {
  return new DestinationError('There is no such copy.', {
    code: 'destination.not_found',
    recovery: 'never',
    hint: 'Look for the copy by its key.',
    details: { id },
  });
}
