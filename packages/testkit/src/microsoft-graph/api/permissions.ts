import { accessDenied, invalidRequest } from '../graph-refusal.ts';
import type { Caller, SiteRole } from '../state/directory.ts';
import type { EmulatedDrive } from '../state/emulated-drive.ts';

/** What is done: `manage` covers columns. */
export type Need = 'read' | 'write' | 'manage';

const levels: readonly Need[] = ['read', 'write', 'manage'];
const roleLevels: Readonly<Record<SiteRole, Need>> = { read: 'read', write: 'write', manage: 'manage', fullcontrol: 'manage' };

/** What each permission allows in drives. https://learn.microsoft.com/graph/permissions-reference */
const permissionLevels: Readonly<Record<string, Need>> = {
  'Sites.Read.All': 'read',
  'Files.Read.All': 'read',
  'Sites.ReadWrite.All': 'write',
  'Files.ReadWrite.All': 'write',
  'Files.ReadWrite': 'write',
  'Files.ReadWrite.AppFolder': 'write',
  'Sites.Manage.All': 'manage',
  'Sites.FullControl.All': 'manage',
};

/** Throws 403 unless the caller may do this with the drive. */
export function requireAccess({ app, user, scopes }: Caller, drive: EmulatedDrive, need: Need): void {
  const granted = scopes.map((scope) => permissionLevels[scope]).filter((level) => level !== undefined);
  if (scopes.includes('Sites.Selected') && drive.siteId !== undefined) {
    const role = app.siteRoles.get(drive.siteId);
    if (role !== undefined) granted.push(roleLevels[role]);
  }
  // A user manages the columns of the own drive.
  if (user !== undefined && drive.owner === user && granted.includes('write')) granted.push('manage');
  const isOthers = user !== undefined && drive.owner !== undefined && drive.owner !== user;
  const isAllowed = granted.some((level) => levels.indexOf(level) >= levels.indexOf(need));
  if (isOthers || !isAllowed) throw accessDenied();
}

/** The user behind `/me`. An app that acts by itself has none. */
export function signedInUser({ user }: Caller): string {
  if (user === undefined) throw invalidRequest('/me request is only valid with delegated authentication flow.');
  return user;
}
