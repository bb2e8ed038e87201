import { randomUUID } from 'node:crypto';
import { conflictWith, type DocumentToStore, type PutOptions, type PutResult } from '@spotdraft-archive/core/destination';
import type { MemoryCheckpoint, MemoryContext } from './memory-context.ts';
import { describeFile, hashOf, samePath } from './memory-file.ts';
import type { MemoryFile } from './memory-store.ts';
import { receiveBytes } from './receive-bytes.ts';

/** Stores a document: pre-made id, bytes, file, and the key's stamp where that is a step of its own. */
export async function putIntoMemory(document: DocumentToStore, options: PutOptions, context: MemoryContext): Promise<PutResult> {
  const { store, capabilities } = context;
  const { signal } = options;
  signal?.throwIfAborted();

  const premade = capabilities.atomicCreate === 'by-id';
  if (premade && options.mayExist && options.ifExists !== 'replace') {
    const copy = await store.request('find', () => findVisible(document, context), signal);
    if (copy) return adoptEqual(copy, document, context);
  }
  const checkpoint = options.checkpoint as MemoryCheckpoint | undefined;
  const fileId = (premade && checkpoint?.fileId) || randomUUID();
  const save = async (sessionId?: string): Promise<void> => {
    await options.saveCheckpoint?.({ sha256: document.sha256, ...(premade && { fileId }), ...(sessionId !== undefined && { sessionId }) });
  };
  if (premade && checkpoint?.fileId === undefined) await save();

  const { bytes, close } = await receiveBytes(document, { options, context, checkpoint, save });
  const stored = await store.request(
    options.ifExists === 'replace' ? 'replace' : 'create',
    () => {
      const result = writeFile({ document, options, context, fileId, bytes });
      close();
      return result;
    },
    signal,
  );
  if (stored.file.key !== document.key) await store.request('stamp', () => stamp(stored.file, document, context), signal);
  return { copy: describeFile(stored.file, capabilities), outcome: stored.outcome };
}

interface WriteRequest {
  readonly document: DocumentToStore;
  readonly options: PutOptions;
  readonly context: MemoryContext;
  readonly fileId: string;
  readonly bytes: Uint8Array;
}

interface Written {
  readonly file: MemoryFile;
  readonly outcome: PutResult['outcome'];
}

function writeFile({ document, options, context, fileId, bytes: received }: WriteRequest): Written {
  const { store, capabilities } = context;
  const bytes = context.behaviour.alter?.(received, document.mediaType) ?? received;
  const atPath = capabilities.duplicatePaths
    ? undefined
    : [...store.files.values()].find((file) => samePath(file.path, document.path, capabilities.naming));
  const named = options.ifExists === 'replace' && options.replaces ? store.files.get(options.replaces.id) : undefined;
  const existing = named ?? atPath ?? store.files.get(fileId);

  if (!existing) return { file: createFile({ document, context, fileId, bytes }), outcome: 'stored' };
  if (isAdoptable(existing, document) && hashOf(existing.bytes, capabilities) === hashOf(bytes, capabilities)) {
    if (!context.behaviour.stampsAfterwards) stamp(existing, document, context);
    return { file: existing, outcome: 'adopted' };
  }
  const isWanted = options.ifExists === 'replace' && isNamed(existing, options) && (atPath === undefined || atPath === existing);
  if (!isWanted) throw conflictWith(describeFile(atPath ?? existing, capabilities));
  existing.earlierBytes.push(existing.bytes);
  existing.bytes = bytes;
  existing.revision += 1;
  existing.key = undefined;
  stamp(existing, document, context);
  return { file: existing, outcome: 'stored' };
}

function createFile({ document, context, fileId, bytes }: Omit<WriteRequest, 'options'>): MemoryFile {
  const file = context.store.write(document.path, bytes, fileId);
  if (!context.behaviour.stampsAfterwards) stamp(file, document, context);
  return file;
}

function stamp(file: MemoryFile, document: DocumentToStore, { capabilities }: MemoryContext): void {
  if (!isAdoptable(file, document)) throw conflictWith(describeFile(file, capabilities));
  file.key = document.key;
  file.properties = document.properties;
}

function isAdoptable(file: MemoryFile, document: DocumentToStore): boolean {
  return file.key === undefined || file.key === document.key;
}

function isNamed(file: MemoryFile, { replaces }: PutOptions): boolean {
  if (!replaces) return true;
  return replaces.id === file.id && (replaces.revision === undefined || replaces.revision === String(file.revision));
}

function findVisible({ key }: DocumentToStore, { store, capabilities }: MemoryContext): MemoryFile | undefined {
  const isVisible = (file: MemoryFile): boolean => capabilities.keyLookup === 'immediate' || file.isIndexed;
  return [...store.files.values()].find((file) => file.key === key && isVisible(file));
}

function adoptEqual(file: MemoryFile, { hash }: DocumentToStore, { capabilities }: MemoryContext): PutResult {
  const copy = describeFile(file, capabilities);
  if (copy.hash !== hash) throw conflictWith(copy);
  return { copy, outcome: 'adopted' };
}
