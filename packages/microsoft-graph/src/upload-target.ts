import type { DocumentToStore, PutOptions } from '@spotdraft-archive/core/destination';
import type { ConflictBehavior, WriteAnswer } from './api.ts';
import type { EarlierWork, Sending } from './checkpoint.ts';
import type { GraphDrive } from './context.ts';
import type { DriveItem } from './drive-item.ts';
import type { DriveRoot } from './drive-root.ts';

/** Where bytes go. */
export interface UploadTarget {
  readonly root: DriveRoot;
  readonly address: string;
  readonly conflictBehavior: ConflictBehavior;
  /** The eTag the file must still have, when it is a certain file that is replaced. */
  readonly ifMatch?: string | undefined;
  readonly earlier: EarlierWork;
}

export type Uploaded =
  | { readonly item: DriveItem /** False when an earlier attempt had sent every byte. */; readonly hasSent: boolean }
  | {
      readonly refusal: 'taken' | 'changed';
      /** Of which no answer came: one of them may have made what stands in the way. */
      readonly sendings: readonly Sending[];
      /** True when an earlier attempt asked for a session and nobody knows its address. */
      readonly hasLostSession: boolean;
    };

interface WithFolders<Result> {
  readonly drive: GraphDrive;
  readonly options: PutOptions;
  readonly write: () => Promise<WriteAnswer<Result>>;
}

/**
 * Writes, and when a folder is missing makes the folders and writes again.
 *
 * Content by path makes its folders itself where this was seen; sessions do not. Neither is documented.
 */
export async function withFolders<Result>(
  { path }: DocumentToStore,
  { root }: UploadTarget,
  { drive, options, write }: WithFolders<Result>,
): Promise<{ readonly result: Result } | { readonly refusal: 'taken' | 'changed' }> {
  const first = await write();
  if (!('refusal' in first)) return first;
  if (first.refusal !== 'no-parent') return { refusal: first.refusal };
  await drive.folders.ensure(path.folders, root, options);
  const second = await write();
  if (!('refusal' in second)) return second;
  return { refusal: second.refusal === 'no-parent' ? 'changed' : second.refusal };
}
