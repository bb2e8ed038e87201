import { dirname } from 'node:path';
import type { DocumentPath } from '@spotdraft-archive/core/destination';
import { z } from 'zod';
import type { Archive } from './archive.ts';
import { damagedEntry } from './errors.ts';
import { unless } from './file-system.ts';
import { makeIndexFolder, syncFolder } from './folders.ts';
import { entryFile } from './index-layout.ts';
import type { Work } from './unfinished-work.ts';

/** What the index knows of one copy. */
export interface Entry {
  readonly id: string;
  readonly key: string;
  /** Where the copy was seen last. */
  readonly path: DocumentPath;
  /** In bytes. */
  readonly size: number;
  /** SHA-256 in lower-case hex. */
  readonly sha256: string;
  /** Of the file on the machine where it was seen last. */
  readonly identity: string | undefined;
  readonly properties: Readonly<Record<string, string>>;
}

const storedEntry = z.object({
  format: z.literal(1),
  key: z.string(),
  folders: z.array(z.string()),
  name: z.string(),
  size: z.number(),
  sha256: z.string(),
  identity: z.string().optional(),
  properties: z.record(z.string(), z.string()),
});

/** Reads an entry of the index. Throws when it is there and cannot be read: that is no absence. */
export async function readEntry(id: string, { root, fileSystem }: Archive): Promise<Entry | undefined> {
  const text = await unless(['ENOENT'], fileSystem.readText(entryFile(root, id)));
  if (text === undefined) return undefined;
  const parsed = storedEntry.safeParse(parseJson(text));
  if (!parsed.success) throw damagedEntry(id);
  const { folders, name, identity, format: _format, ...rest } = parsed.data;
  return { id, ...rest, identity, path: { folders, name } };
}

/** Writes an entry, durably, and over the one before it. A reader sees the old one or the new one. */
export async function writeEntry(entry: Entry, work: Work): Promise<void> {
  const { root, fileSystem } = work.archive;
  const { id, path, ...rest } = entry;
  const file = entryFile(root, id);
  await makeIndexFolder(dirname(file), fileSystem);
  const temporary = await work.writeText(JSON.stringify({ format: 1, ...path, ...rest }, undefined, 2), { durable: true });
  await fileSystem.rename(temporary, file);
  await syncFolder(dirname(file), fileSystem);
}

export async function removeEntry(id: string, { root, fileSystem }: Archive): Promise<void> {
  await unless(['ENOENT'], fileSystem.remove(entryFile(root, id)));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
