import { invalidRequest, itemNotFound } from '../graph-refusal.ts';
import type { EmulatedDrive, Place } from '../state/emulated-drive.ts';
import type { GraphItem } from '../state/graph-item.ts';
import type { GraphContext } from './graph-context.ts';
import { signedInUser } from './permissions.ts';

/** Which item of which drive a path such as `/me/drive/root:/a/b.pdf:/content` means, and what is asked of it. */
export interface ItemAddress {
  readonly drive: EmulatedDrive;
  /** Where the path starts. */
  readonly start: GraphItem;
  /** Decoded names from there. */
  readonly names: readonly string[];
  /** What follows, such as `content`; empty for the item itself. */
  readonly action: string;
}

const drivePattern =
  /^\/v1\.0\/(?:drives\/(?<id>[^/]+)|users\/(?<user>[^/]+)\/drive|sites\/(?<site>[^/]+)\/drive|(?<me>me\/drive))(?<rest>\/.*)?$/;
const itemPattern = /^\/(?:(?<root>root)|items\/(?<id>[^/:]+)|special\/(?<special>approot))(?::\/?(?<path>[^:]*):?)?(?:\/(?<action>.*))?$/;

export interface DriveAddress {
  readonly drive: EmulatedDrive;
  /** Begins with a slash, or is empty. */
  readonly rest: string;
}

/** The drive that a request goes to; `undefined` when it goes to none. */
export function driveAddress(path: string, { state, caller }: GraphContext): DriveAddress | undefined {
  const groups = drivePattern.exec(path)?.groups;
  if (groups === undefined) return undefined;
  const { id, user, site, rest = '' } = groups;
  const drive = findDrive();
  if (drive === undefined) throw itemNotFound();
  return { drive, rest };

  function findDrive(): EmulatedDrive | undefined {
    if (id !== undefined) return state.drive(decodeURIComponent(id));
    if (user !== undefined) return state.driveOf(decodeURIComponent(user));
    if (site === undefined) return state.driveOf(signedInUser(caller));
    const found = state.sites.find((candidate) => candidate.id === decodeURIComponent(site));
    return found && state.librariesOf(found)[0];
  }
}

/** The item within a drive; `undefined` when the rest of the path names none. */
export function itemAddress({ drive, rest }: DriveAddress): ItemAddress | undefined {
  const groups = itemPattern.exec(rest)?.groups;
  if (groups === undefined) return undefined;
  const { id, special, path = '', action = '' } = groups;
  const start = id === undefined ? (special === undefined ? drive.root : approot(drive)) : drive.find(decodeURIComponent(id));
  if (start === undefined) throw itemNotFound();
  const names = path.split('/').filter(Boolean).map(decodeName);
  return { drive, start, names, action };
}

/** The item, or 404. */
export function existingItem({ drive, start, names }: ItemAddress): GraphItem {
  const item = names.reduce<GraphItem | undefined>((parent, name) => parent && drive.child(parent, name), start);
  if (item === undefined) throw itemNotFound();
  return item;
}

/** The item's parent and name, whether it exists or not. Missing folders are made or a 404. */
export function placeOf({ drive, start, names }: ItemAddress, { makesFolders }: { readonly makesFolders: boolean }): Place {
  const name = names.at(-1);
  if (name === undefined) {
    const parent = start.parentId === undefined ? undefined : drive.find(start.parentId);
    if (parent === undefined) throw invalidRequest('The root of a drive has no content.');
    return { parent, name: start.name };
  }
  let parent = start;
  for (const folder of names.slice(0, -1)) {
    const next = drive.child(parent, folder) ?? (makesFolders ? drive.createFolder({ parent, name: folder }) : undefined);
    if (next === undefined || next.content !== undefined) throw itemNotFound();
    parent = next;
  }
  return { parent, name };
}

/** The folder of the app, which comes to be when it is first asked for. */
function approot(drive: EmulatedDrive): GraphItem {
  const apps = drive.child(drive.root, 'Apps') ?? drive.createFolder({ parent: drive.root, name: 'Apps' });
  return drive.child(apps, 'SpotDraft Archive') ?? drive.createFolder({ parent: apps, name: 'SpotDraft Archive' });
}

function decodeName(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    throw invalidRequest('The path is not encoded.');
  }
}
