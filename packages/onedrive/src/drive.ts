import { type CallOptions, DestinationError, onceEach } from '@spotdraft-archive/core/destination';
import type { DriveApi, DriveRoot } from '@spotdraft-archive/microsoft-graph';
import { foldersIn } from '@spotdraft-archive/microsoft-graph';
import { z } from 'zod';
import type { DriveChoice, OneDriveSettings } from './options.ts';

const driveSchema = z.object({ id: z.string().min(1), driveType: z.string() });
const approotSchema = z.object({
  id: z.string().min(1),
  name: z.string(),
  parentReference: z.object({ driveId: z.string().min(1), driveType: z.string().optional(), path: z.string().nullish() }),
});

/** Finds the drive, and for `approot` the app's folder in it, once. */
export function findDrive(api: DriveApi, settings: OneDriveSettings): (call: CallOptions) => Promise<DriveRoot> {
  const found = onceEach<DriveRoot>();
  const make = async (signal: AbortSignal) => {
    const root = await readRoot(api, settings, signal);
    return checkAccount(root, settings);
  };
  return async ({ signal }) => found.get('drive', { make, signal });
}

async function readRoot(api: DriveApi, { drive, folders, provider }: OneDriveSettings, signal: AbortSignal): Promise<DriveRoot> {
  const answer = await api.requester.request({
    operation: 'find the drive',
    method: 'GET',
    url: api.urlOf(addressOf(drive)),
    expect: [200, 400, 404],
    repeat: 'safe',
    signal,
  });
  if (answer.status !== 200) throw notFound(provider);
  if (drive !== 'approot') {
    const { id, driveType } = answer.json(driveSchema);
    return { driveId: id, driveType, start: 'root', baseFolders: [], folders };
  }
  const { id, name, parentReference } = answer.json(approotSchema);
  const above = /root:\/?(.*)$/.exec(parentReference.path ?? '')?.[1] ?? '';
  return {
    driveId: parentReference.driveId,
    driveType: parentReference.driveType ?? '',
    start: `items/${encodeURIComponent(id)}`,
    baseFolders: [...foldersIn(above).map(decodeURIComponent), name],
    folders,
  };
}

function addressOf(drive: DriveChoice): string {
  if (drive === 'me') return 'me/drive';
  if (drive === 'approot') return 'me/drive/special/approot';
  return 'user' in drive ? `users/${encodeURIComponent(drive.user)}/drive` : `drives/${encodeURIComponent(drive.driveId)}`;
}

/** What a destination can do depends on the kind of account, so a wrong guess must not go on. */
function checkAccount(root: DriveRoot, { account, provider }: OneDriveSettings): DriveRoot {
  const { driveType } = root;
  if (driveType === '' || (driveType === 'personal') === (account === 'personal')) return root;
  throw new DestinationError(`${provider}: the drive is not of the kind that "account" says.`, {
    code: 'destination.unsupported',
    recovery: 'operator',
    hint: `Set "account" to '${driveType === 'personal' ? 'personal' : 'work'}'.`,
    details: { driveType },
  });
}

function notFound(provider: string): DestinationError {
  return new DestinationError(`${provider}: the drive was not found.`, {
    code: 'destination.folder_not_found',
    recovery: 'operator',
    hint:
      "Look at \"drive\". 'me' and 'approot' need a signed-in user; an app that acts by itself names one: { user: 'archive@contoso.com' }. " +
      'A user has a drive only once it was opened for the first time.',
  });
}
