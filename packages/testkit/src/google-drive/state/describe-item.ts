import { type DriveCaller, isServiceAccount } from './drive-accounts.ts';
import { type DriveItem, headRevision, isFolder } from './drive-item.ts';
import { type FindItem, hasRole, isTrashed } from './drive-permissions.ts';

export interface DescribeOptions {
  readonly caller: DriveCaller;
  readonly find: FindItem;
}

export type FileResource = Readonly<Record<string, unknown>>;

/** An item as the API shows it to one caller, with every field that the emulator knows. A field mask cuts it to size. */
export function describeItem(item: DriveItem, { caller, find }: DescribeOptions): FileResource {
  const may = (atLeast: 'writer' | 'fileOrganizer' | 'organizer') => hasRole(item, caller, { atLeast, find });
  const appProperties = item.appProperties.get(caller.projectId);
  return {
    kind: 'drive#file',
    id: item.id,
    name: item.name,
    mimeType: item.mimeType,
    ...(item.description !== undefined && { description: item.description }),
    ...(item.parents.length > 0 && { parents: [...item.parents] }),
    ...(item.driveId !== undefined && { driveId: item.driveId, teamDriveId: item.driveId }),
    ...(item.owner !== undefined && { owners: [userOf(item.owner)], ownedByMe: item.owner === caller.account }),
    ...(item.properties.size > 0 && { properties: Object.fromEntries(item.properties) }),
    ...(appProperties !== undefined && appProperties.size > 0 && { appProperties: Object.fromEntries(appProperties) }),
    ...(item.contentRestrictions.length > 0 && { contentRestrictions: item.contentRestrictions }),
    createdTime: new Date(item.createdTime).toISOString(),
    modifiedTime: new Date(item.modifiedTime).toISOString(),
    version: String(item.version),
    trashed: isTrashed(item, find),
    explicitlyTrashed: item.isTrashed,
    starred: false,
    spaces: ['drive'],
    isAppAuthorized: item.projectId === caller.projectId,
    webViewLink: isFolder(item)
      ? `https://drive.google.com/drive/folders/${item.id}`
      : `https://drive.google.com/file/d/${item.id}/view?usp=drivesdk`,
    capabilities: {
      canAddChildren: isFolder(item) && may('writer'),
      canListChildren: isFolder(item),
      canEdit: may('writer'),
      canDownload: true,
      canTrash: may(item.driveId === undefined ? 'writer' : 'fileOrganizer'),
      canDelete: may('organizer'),
    },
    ...describeContent(item),
  };
}

function describeContent(item: DriveItem): FileResource {
  const head = headRevision(item);
  if (head === undefined) return {};
  return {
    size: String(head.bytes.size),
    quotaBytesUsed: String(head.bytes.size),
    md5Checksum: head.md5,
    sha1Checksum: head.sha1,
    sha256Checksum: head.sha256,
    headRevisionId: head.id,
    originalFilename: item.name,
    webContentLink: `https://drive.google.com/uc?id=${item.id}&export=download`,
  };
}

export function userOf(account: string): FileResource {
  return {
    kind: 'drive#user',
    displayName: isServiceAccount(account) ? account : 'Emulated User',
    me: true,
    permissionId: '00000000000000000001',
    emailAddress: account,
  };
}
