import { conflictWith, type DocumentToStore, type PutOptions } from '@spotdraft-archive/core/destination';
import type { Call } from './api.ts';
import type { GraphDrive } from './context.ts';
import { type DriveItem, hashOf, pathOf } from './drive-item.ts';
import { addressOfId, addressOfPath, type DriveRoot } from './drive-root.ts';

export interface ReplacedOptions {
  readonly replaces: NonNullable<PutOptions['replaces']>;
  readonly drive: GraphDrive;
  readonly root: DriveRoot;
  readonly call: Call;
}

/** Looks up the copy that is to be replaced. Throws `destination.conflict` when its revision is another one by now, or another file lies at the path. */
export async function chooseReplaced(document: DocumentToStore, { replaces, drive, root, call }: ReplacedOptions): Promise<DriveItem> {
  const { api, carrier } = drive;
  const look = async (address: string) => api.item(address, { expand: carrier.expand, signal: call.signal });
  const replaced = await look(addressOfId(root, replaces.id));
  if (replaced?.file === undefined) throw conflictWith();
  const isOutdated = replaces.revision !== undefined && replaced.cTag !== replaces.revision && hashOf(replaced) !== document.hash;
  if (isOutdated) throw conflictWith({ id: replaced.id, hash: hashOf(replaced), ...(await carrier.read(replaced, root, call)) });

  const { folders, name } = document.path;
  const now = pathOf(replaced, root);
  const isThere = now !== undefined && [...now.folders, now.name].join('/') === [...folders, name].join('/');
  const bystander = isThere ? undefined : await look(addressOfPath(root, [...folders, name]));
  if (bystander === undefined || bystander.id === replaced.id) return replaced;
  throw conflictWith({ id: bystander.id, hash: hashOf(bystander), ...(await carrier.read(bystander, root, call)) });
}
