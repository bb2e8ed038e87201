import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DocumentPath, DocumentToStore, FindQuery, StorageDestination, StoredCopy } from '@spotdraft-archive/core/destination';
import type { DestinationHarness } from './destination-harness.ts';

/** Finds a copy that must be there, waiting for the index where it lags. */
export async function findStored(harness: DestinationHarness, query: FindQuery): Promise<StoredCopy> {
  const { destination, lookupLagMs = 10_000 } = harness;
  await harness.settle?.();
  const deadline = Date.now() + (destination.capabilities.keyLookup === 'eventual' && !harness.settle ? lookupLagMs : 0);
  for (;;) {
    const copy = await destination.find(query);
    if (copy !== undefined) return copy;
    assert.ok(Date.now() < deadline, 'find does not find the copy.');
    await sleep(250);
  }
}

/** Where a document is to be found: by key alone where the store can, with the path elsewhere. */
export function queryFor(document: DocumentToStore, { capabilities }: StorageDestination): FindQuery {
  return capabilities.keyLookup === 'path-only' ? { key: document.key, path: document.path } : { key: document.key };
}

/** Asserts that exactly one copy of a document is there, whole, under its key and at its path. Returns it. */
export async function assertSingleCopy(harness: DestinationHarness, document: DocumentToStore): Promise<StoredCopy> {
  const copy = await findStored(harness, { key: document.key, path: document.path });
  assert.deepEqual(copy.twins ?? [], [], 'There are twins.');
  await assertHolds(harness.destination, copy, document);
  if (harness.listPaths) assert.equal(await countAt(harness, document.path), 1, 'Not exactly one file lies at the path.');
  return copy;
}

/** Asserts that a copy is described as the store must describe it, and that its bytes are the document's. */
export async function assertHolds(destination: StorageDestination, copy: StoredCopy, document: DocumentToStore): Promise<void> {
  const described = await destination.stat(copy.id);
  assert.ok(described, 'stat does not know the copy.');
  assert.equal(described.id, copy.id);
  assert.equal(described.key, document.key, 'The copy carries another key.');
  assert.equal(described.size, document.size, 'The copy has another size.');
  assert.equal(described.hash, document.hash, 'The store reports another hash.');
  assertPath(described.path, document.path);
  assert.deepEqual(await readBack(destination, copy.id), { size: document.size, sha256: document.sha256 }, 'Other bytes are read back.');
}

/** Asserts that nothing new can be seen of a document: not by key, and no file at its path. */
export async function assertNothingStored(harness: DestinationHarness, document: DocumentToStore): Promise<void> {
  await harness.settle?.();
  const copy = await harness.destination.find({ key: document.key, path: document.path });
  assert.equal(copy, undefined, 'A copy is there.');
  if (harness.listPaths) assert.equal(await countAt(harness, document.path), 0, 'A file lies at the path.');
}

/** A copy's path, where the store tells it, must be the one that was asked for. */
export function assertPath(actual: DocumentPath | undefined, expected: DocumentPath): void {
  if (actual !== undefined) assert.deepEqual(plainPath(actual), plainPath(expected), 'The copy lies at another path.');
}

export async function readBack(destination: StorageDestination, id: string, offset?: number): Promise<{ size: number; sha256: string }> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of await destination.open(id, { offset })) {
    hash.update(chunk);
    size += chunk.byteLength;
  }
  return { size, sha256: hash.digest('hex') };
}

export async function countAt({ listPaths }: DestinationHarness, path: DocumentPath): Promise<number> {
  const paths = (await listPaths?.()) ?? [];
  const wanted = JSON.stringify(plainPath(path));
  return paths.filter((each) => JSON.stringify(plainPath(each)) === wanted).length;
}

function plainPath({ folders, name }: DocumentPath): DocumentPath {
  return { folders: [...folders], name };
}
