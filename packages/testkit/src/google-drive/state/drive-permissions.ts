import { type DriveCaller, driveFileScope, driveScope } from './drive-accounts.ts';
import { type DriveItem, type DriveRole, roles } from './drive-item.ts';

export type FindItem = (id: string) => DriveItem | undefined;

/** The greatest role an account has on an item, its own or one that a folder above passes down. */
function roleOf(item: DriveItem, account: string, find: FindItem): DriveRole | undefined {
  let best: DriveRole | undefined;
  for (const each of withAncestors(item, find)) {
    const role = each.owner === account ? 'owner' : each.permissions.get(account);
    if (role !== undefined && (best === undefined || roles.indexOf(role) > roles.indexOf(best))) best = role;
  }
  return best;
}

/** Whether an item exists for a caller at all: what it may not read is not found. */
export function isVisible(item: DriveItem, caller: DriveCaller, find: FindItem): boolean {
  if (!caller.scopes.includes(driveScope)) {
    const isOwn = caller.scopes.includes(driveFileScope) && (item.projectId === caller.projectId || item.id === item.driveId);
    if (!isOwn) return false;
  }
  return roleOf(item, caller.account, find) !== undefined;
}

export function hasRole(
  item: DriveItem,
  caller: DriveCaller,
  { atLeast, find }: { readonly atLeast: DriveRole; readonly find: FindItem },
): boolean {
  const role = roleOf(item, caller.account, find);
  return role !== undefined && roles.indexOf(role) >= roles.indexOf(atLeast);
}

/** In the bin, by itself or with a folder above it. */
export function isTrashed(item: DriveItem, find: FindItem): boolean {
  return withAncestors(item, find).some((each) => each.isTrashed);
}

export function withAncestors(item: DriveItem, find: FindItem): DriveItem[] {
  const chain = [item];
  for (let parent = find(item.parents[0] ?? ''); parent !== undefined; parent = find(parent.parents[0] ?? '')) chain.push(parent);
  return chain;
}
