import type { Interruption, InterruptionKind } from '@spotdraft-archive/testkit';
import { type FileSystem, FileSystemFailure, type OpenFile } from '../src/file-system.ts';

export interface Fault {
  readonly kind: InterruptionKind;
  /** The call it befalls, counted from 1 since it was injected. */
  readonly nth: number;
  /** Counts only calls of this name, such as `link`. */
  readonly call?: string;
  /** What the operating system says. @default 'EIO' */
  readonly code?: string;
  readonly times?: number;
}

export interface FaultyFileSystem extends FileSystem {
  /** The name of every call so far, such as `link` or `write`. */
  readonly calls: string[];
  inject(fault: Fault): Interruption;
  /** Runs before every call, with its number from 1. */
  onCall: ((number: number, call: string) => void | Promise<void>) | undefined;
}

/** A file system each of whose calls can be made to fail, before or after its effect, or in the middle of a write. */
export function faultyFileSystem(real: FileSystem): FaultyFileSystem {
  const calls: string[] = [];
  const planned = new Set<Interruption & { readonly fault: Fault; seen: number; fired: number }>();

  function take(call: string): Fault | undefined {
    for (const each of planned) {
      if (each.fault.call !== undefined && each.fault.call !== call) continue;
      each.seen += 1;
      if (each.seen < each.fault.nth || each.fired >= (each.fault.times ?? 1)) continue;
      each.fired += 1;
      return each.fault;
    }
    return undefined;
  }

  async function perform<Value>(call: string, work: () => Promise<Value>, torn?: () => Promise<unknown>): Promise<Value> {
    calls.push(call);
    await faulty.onCall?.(calls.length, call);
    const fault = take(call);
    const failure = fault && new FileSystemFailure(fault.code ?? 'EIO', call);
    if (fault?.kind === 'cutRequest') await torn?.();
    if (failure && fault.kind !== 'loseReply') throw failure;
    const value = await work();
    if (failure) throw failure;
    return value;
  }

  function faultyFile(file: OpenFile): OpenFile {
    return {
      read: (buffer, position) => perform('read', () => file.read(buffer, position)),
      write: (bytes) =>
        perform(
          'write',
          () => file.write(bytes),
          () => file.write(bytes.subarray(0, bytes.byteLength / 2)),
        ),
      sync: () => perform('sync', () => file.sync()),
      state: () => perform('fileState', () => file.state()),
      // A file is closed even when closing it fails.
      close: () =>
        perform('close', () => file.close(), undefined).catch((error: unknown) => file.close().then(() => Promise.reject(error))),
    };
  }

  const faulty: FaultyFileSystem = {
    calls,
    onCall: undefined,
    inject(fault) {
      const each = { fault, seen: 0, fired: 0, remove: () => void planned.delete(each) };
      planned.add(each);
      return each;
    },
    async open(path, mode) {
      const opened: OpenFile[] = [];
      try {
        return await perform('open', async () => faultyFile(opened[opened.push(await real.open(path, mode)) - 1] as OpenFile));
      } catch (error) {
        for (const file of opened) await file.close();
        throw error;
      }
    },
    link: (from, to) => perform('link', () => real.link(from, to)),
    rename: (from, to) => perform('rename', () => real.rename(from, to)),
    remove: (path) => perform('remove', () => real.remove(path)),
    makeFolder: (path) => perform('makeFolder', () => real.makeFolder(path)),
    makeFolders: (path) => perform('makeFolders', () => real.makeFolders(path)),
    state: (path) => perform('state', () => real.state(path)),
    realPath: (path) => perform('realPath', () => real.realPath(path)),
    readText: (path) => perform('readText', () => real.readText(path)),
    async *list(path) {
      await perform('list', async () => {});
      yield* real.list(path);
    },
    freeBytes: (path) => perform('freeBytes', () => real.freeBytes(path)),
  };
  return faulty;
}
