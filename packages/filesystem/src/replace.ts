import { conflictWith, type DocumentToStore, type PutOptions } from '@spotdraft-archive/core/destination';
import type { Archive } from './archive.ts';
import { ownerOf } from './claims.ts';
import { lookAt } from './file-at-path.ts';
import { copyOf, type LocatedFile, locateId } from './lookup.ts';

export interface ReplaceContext {
  readonly archive: Archive;
  /** The copy that carries the document's key already. */
  readonly known: LocatedFile | undefined;
}

/**
 * Finds the file to write over: the one that is named, else the one with the key, else the one at the path. Nothing when there is none.
 *
 * Throws `destination.conflict` when another file than the named one lies at the path, when its bytes are not those of the named revision,
 * and when the key would end up on two files.
 */
export async function findReplaced(
  document: DocumentToStore,
  options: PutOptions,
  context: ReplaceContext,
): Promise<LocatedFile | undefined> {
  const { archive, known } = context;
  const there = await lookAt(document.path, archive, options);
  if (there === 'no-file') throw conflictWith();
  const atPath = there && { file: there, entry: await ownerOf(there, archive) };
  const { replaces } = options;
  if (!replaces) return known ?? atPath;

  if (atPath) {
    const copy = await copyOf(atPath);
    if (copy.id !== replaces.id) throw conflictWith(copy);
  }
  const named = atPath ?? (await locateId(replaces.id, archive, options));
  if (!named) return undefined;
  const copy = await copyOf(named);
  if (replaces.revision !== undefined && replaces.revision !== copy.revision) throw conflictWith(copy);
  if (known && known.file.node !== named.file.node) throw conflictWith(await copyOf(known));
  return named;
}
