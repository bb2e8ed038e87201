import { conflictWith, type DocumentToStore, type PutOptions } from '@spotdraft-archive/core/destination';
import { wasSent } from './checkpoint.ts';
import { copyOf, type DropboxContext } from './context.ts';
import { pathOf } from './folders.ts';
import { lookAt } from './lookup.ts';
import type { CommitInfo } from './wire-types.ts';

/** Where a document is to be written, and over what. Throws `destination.conflict` when the copy to replace is not what was named. */
export async function chooseTarget(
  document: DocumentToStore,
  options: PutOptions,
  context: DropboxContext,
): Promise<Pick<CommitInfo, 'path' | 'mode'>> {
  const { ifExists = 'fail', replaces, signal } = options;
  const path = pathOf(document.path, context.settings.root);
  if (ifExists === 'fail') return { path, mode: 'add' };
  if (replaces === undefined) return { path, mode: 'overwrite' };

  const atPath = await lookAt(path, context, { signal });
  if (atPath === 'folder') throw conflictWith();
  const isThere = atPath?.file.id === replaces.id;
  if (atPath !== undefined && !isThere) throw conflictWith(copyOf(atPath, context));
  const named = isThere ? atPath : await lookAt(replaces.id, context, { signal });
  // The copy to replace is gone: there is nothing that could be overwritten by mistake.
  if (named === undefined || named === 'folder') return { path, mode: 'add' };
  // Dropbox compares the revision while it writes, so that a change in the meantime is a conflict too. What an earlier attempt has written over the
  // copy is no such change.
  const revision = wasSent(named.file, options) ? undefined : replaces.revision;
  return { path: named.file.path_display ?? path, mode: { '.tag': 'update', update: revision ?? named.file.rev } };
}
