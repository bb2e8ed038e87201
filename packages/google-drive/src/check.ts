import { type CallOptions, type CheckReport, runChecks } from '@spotdraft-archive/core/destination';
import type { DriveContext } from './context.ts';
import { rootNotWritable, serviceAccountWithoutDrive, storageFull } from './errors.ts';
import type { About } from './wire-types.ts';

export interface CheckOptions extends CallOptions {
  /** Known from the options; an account that Drive describes as one is recognised too. */
  readonly isServiceAccount: boolean;
}

/** Looks at the credentials, the folder, the right to write and the storage. Writes nothing. */
export async function checkDrive(drive: DriveContext, { isServiceAccount, signal }: CheckOptions): Promise<CheckReport> {
  let about: About = {};
  const checkCredentials = async () => {
    about = await drive.api.about({ signal });
    return `Drive knows the account${about.user?.emailAddress === undefined ? '' : ` ${about.user.emailAddress}`}.`;
  };
  const checkFolder = async () => {
    const { driveId } = await drive.root.look({ signal });
    return driveId === undefined ? 'The folder is there, in a My Drive.' : 'The folder is there, in a shared drive.';
  };
  const checkPermission = async () => {
    const { capabilities } = await drive.root.look({ signal });
    if (capabilities?.canAddChildren === false) throw rootNotWritable();
    return 'The account may add files to the folder.';
  };
  const checkStorage = async () => {
    if ((await drive.root.driveId({ signal })) !== undefined)
      return 'Files in a shared drive count against the storage of the organisation.';
    if (isServiceAccount || about.user?.emailAddress?.endsWith('.gserviceaccount.com') === true) throw serviceAccountWithoutDrive();
    const { limit, usage = 0 } = about.storageQuota ?? {};
    if (limit !== undefined && usage >= limit) throw storageFull();
    return limit === undefined ? 'The account has no storage limit.' : `${((limit - usage) / 2 ** 30).toFixed(1)} GiB are free.`;
  };
  return runChecks(
    [
      { subject: 'credentials', look: checkCredentials, hint: 'Look at the option "auth".' },
      { subject: 'folder', look: checkFolder, hint: 'Look at the option "folderId".' },
      { subject: 'permission to write', look: checkPermission, hint: 'Share the folder with the account as Editor or Content manager.' },
      { subject: 'storage', look: checkStorage, hint: 'Look at the storage of the account.' },
    ],
    { signal },
  );
}
