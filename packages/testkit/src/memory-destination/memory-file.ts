import type { DestinationCapabilities, DocumentPath, NamingRules, StoredCopy } from '@spotdraft-archive/core/destination';
import type { MemoryFile } from './memory-store.ts';

/** A file as the store would describe it: hash and size are those of the bytes that lie there now. */
export function describeFile(file: MemoryFile, capabilities: DestinationCapabilities): StoredCopy {
  return {
    id: file.id,
    revision: String(file.revision),
    path: file.path,
    size: file.bytes.byteLength,
    hash: hashOf(file.bytes, capabilities),
    key: file.key,
    properties: file.properties,
  };
}

export function hashOf(bytes: Uint8Array, { hash }: DestinationCapabilities): string {
  const hasher = hash.createHasher();
  hasher.update(bytes);
  return hasher.digest();
}

export function samePath(one: DocumentPath, other: DocumentPath, { caseSensitive }: NamingRules): boolean {
  const [first, second] = [one, other].map(({ folders, name }) => JSON.stringify([...folders, name]));
  return first === second || (!caseSensitive && first?.toLowerCase() === second?.toLowerCase());
}
