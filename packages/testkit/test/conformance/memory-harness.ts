import type { DestinationHarness } from '../../src/conformance/destination-harness.ts';
import { type MemoryDestinationOptions, memoryDestination } from '../../src/memory-destination/memory-destination.ts';
import { MemoryStore } from '../../src/memory-destination/memory-store.ts';

/** Every hook of the conformance suite, for a memory destination with a store of its own. */
export function memoryHarness(options: Omit<MemoryDestinationOptions, 'store'> = {}): DestinationHarness {
  const store = new MemoryStore();
  const open = () => memoryDestination({ ...options, store });
  return {
    destination: open(),
    second: open,
    interrupt: (kind, nth) => store.faults.inject({ kind, nth }),
    listPaths: async () => store.paths(),
    writeFile: async (path, bytes) => void store.write(path, bytes),
    moveCopy: async (id, path) => store.move(id, path),
    removeCopy: async (id) => store.remove(id),
    expireUploads: () => store.sessions.clear(),
    settle: () => store.settle(),
    maxReadAheadBytes: 2 ** 20,
  };
}
