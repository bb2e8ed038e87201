import { randomUUID } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { DocumentPath } from '@spotdraft-archive/core/destination';
import { MemoryFaults } from './memory-faults.ts';

/** A file as it lies in the memory store. */
export interface MemoryFile {
  readonly id: string;
  path: DocumentPath;
  bytes: Uint8Array;
  revision: number;
  /** What was replaced, the first one first. */
  readonly earlierBytes: Uint8Array[];
  key?: string | undefined;
  properties?: Readonly<Record<string, string>> | undefined;
  /** False while an index that lags has not seen the key yet. */
  isIndexed: boolean;
}

/** An upload that has begun and is not committed. */
export interface MemorySession {
  readonly id: string;
  readonly pieces: Uint8Array[];
}

/**
 * The account behind one or more memory destinations: what all processes share. Its methods are what a person could do in the store; none
 * of them can fail.
 */
export class MemoryStore {
  readonly files: Map<string, MemoryFile> = new Map();
  readonly sessions: Map<string, MemorySession> = new Map();
  readonly faults: MemoryFaults = new MemoryFaults();
  /** The name of every request so far, such as `create`. */
  readonly requests: string[] = [];

  /** Performs one request of a destination: it arrives, has its effect and is answered, or fails in one of these. */
  async request<Answer>(name: string, effect: () => Answer, signal?: AbortSignal): Promise<Answer> {
    signal?.throwIfAborted();
    // Other calls get their turn, as they would while a request is under way.
    await nextTurn();
    signal?.throwIfAborted();
    this.requests.push(name);
    const failure = this.faults.take(name);
    if (failure && failure.kind !== 'loseReply') throw failure.error;
    const answer = effect();
    if (failure) throw failure.error;
    return answer;
  }

  /** Puts a file without a key into the store. */
  write(path: DocumentPath, bytes: Uint8Array, id: string = randomUUID()): MemoryFile {
    const file: MemoryFile = { id, path, bytes, revision: 1, earlierBytes: [], isIndexed: false };
    this.files.set(id, file);
    return file;
  }

  move(id: string, path: DocumentPath): void {
    const file = this.files.get(id);
    if (!file) throw new Error(`There is no file ${id}.`);
    file.path = path;
  }

  remove(id: string): void {
    this.files.delete(id);
  }

  /** Changes a copy's bytes behind everybody's back, as rot or a careless person would. */
  overwrite(id: string, bytes: Uint8Array): void {
    const file = this.files.get(id);
    if (!file) throw new Error(`There is no file ${id}.`);
    file.bytes = bytes;
    file.revision += 1;
  }

  /** Lets an index that lags see every key. */
  settle(): void {
    for (const file of this.files.values()) file.isIndexed = true;
  }

  paths(): DocumentPath[] {
    return [...this.files.values()].map((file) => file.path);
  }
}
