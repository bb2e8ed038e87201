import {
  ConfigurationError,
  DestinationError,
  type ErrorTable,
  type FailedAnswer,
  type FailureFacts,
} from '@spotdraft-archive/core/destination';
import { z } from 'zod';

export const provider = 'google-drive';
/** As people write it in their configuration. */
export const factory = 'googleDrive';

export const credentialsHint =
  'Look at the credentials given as `auth`: the token, the key of the service account or the consent of the user was revoked or is wrong.';

const serviceAccountHint =
  'Service accounts own no storage. Archive to a folder in a shared drive and add the service account there as Content manager, ' +
  'or let it act for a user: turn on domain-wide delegation and pass `subject`.';

const permissionHint =
  'Share the folder with the account of `auth` as Editor; in a shared drive add the account under "Manage members" as Content manager.';

const full = { status: 403, code: 'destination.quota_exceeded', recovery: 'operator' } as const;
const forbidden = { status: 403, code: 'destination.forbidden', recovery: 'operator' } as const;

/** How Drive says no. By 403 it also says "slow down": only the reason tells. https://developers.google.com/workspace/drive/api/guides/handle-errors */
export const errorTable: ErrorTable = {
  rows: [
    { status: 401, code: 'destination.unauthorized', recovery: 'operator', hint: credentialsHint },
    { status: [403, 429], reason: /^(user)?rateLimitExceeded$/i, code: 'destination.rate_limited', recovery: 'retry' },
    {
      status: 403,
      reason: /^(dailyLimitExceeded|quotaExceeded)$/,
      code: 'destination.rate_limited',
      recovery: 'retry',
      repeatable: false,
      hint: 'The daily quota of the Cloud project is used up. Wait until tomorrow, or ask for more under "APIs & Services > Quotas".',
    },
    { ...full, reason: 'storageQuotaExceeded.serviceAccount', hint: serviceAccountHint },
    {
      ...full,
      reason: 'storageQuotaExceeded',
      hint: 'The storage of the account is full. Free space, or buy more in Google One or Workspace.',
    },
    {
      ...full,
      reason: /^(teamDriveFileLimitExceeded|teamDriveHierarchyTooDeep|numChildrenInNonRootLimitExceeded|activeItemCreationLimitExceeded)$/,
      hint: 'The shared drive or the folder holds as many items as it can. Archive to another one, or choose a layout with more folders.',
    },
    {
      ...forbidden,
      reason: /^(insufficientPermissions|appNotAuthorizedToFile)$/,
      hint: 'The token lacks a scope. Consent again to https://www.googleapis.com/auth/drive (or drive.file for folders the app itself made).',
    },
    {
      ...forbidden,
      reason: 'accessNotConfigured',
      hint: 'Turn on the Google Drive API of the Cloud project: "APIs & Services > Library".',
    },
    {
      ...forbidden,
      reason: 'domainPolicy',
      hint: 'An administrator of the domain has turned off Drive apps. Ask for this one to be trusted.',
    },
    { ...forbidden, reason: 'fileContentRestricted', hint: 'The file is locked. Remove its content restriction in Drive first.' },
    { ...forbidden, hint: permissionHint },
    { status: 404, code: 'destination.not_found', recovery: 'never' },
  ],
  readFailure,
};

const failureSchema = z.object({
  error: z.object({ message: z.string().optional(), errors: z.array(z.object({ reason: z.string() })).min(1) }),
});

function readFailure({ json, headers }: FailedAnswer): FailureFacts {
  const requestId = headers.get('x-guploader-uploadid') ?? undefined;
  const { data } = failureSchema.safeParse(json);
  if (data === undefined) return { requestId };
  const reason = data.error.errors[0]?.reason;
  // Drive has one reason for a full account and for a service account, which has no storage at all; the sentence alone differs.
  const isServiceAccount =
    reason === 'storageQuotaExceeded' && /service accounts? do(es)? not have storage/i.test(data.error.message ?? '');
  return { reason: isServiceAccount ? `${reason}.serviceAccount` : reason, requestId };
}

export function rootNotFound(): DestinationError {
  return new DestinationError(
    `${provider}: the folder of "folderId" is not there, is in the bin, or is not shared with the account of "auth".`,
    {
      code: 'destination.folder_not_found',
      recovery: 'operator',
      hint: `Look at the id: it is the last part of the folder's address. ${permissionHint}`,
    },
  );
}

export function rootNotAFolder(): DestinationError {
  return new DestinationError(`${provider}: "folderId" names a file, not a folder.`, {
    code: 'destination.folder_not_found',
    recovery: 'operator',
    hint: "Open the folder in the browser and copy the last part of its address, or a shared drive's.",
  });
}

export function rootNotWritable(): DestinationError {
  return new DestinationError(`${provider}: the account of "auth" may read the folder, but not add files to it.`, {
    code: 'destination.forbidden',
    recovery: 'operator',
    hint: permissionHint,
  });
}

export function serviceAccountWithoutDrive(): DestinationError {
  return new DestinationError(`${provider}: a service account cannot store files in somebody's My Drive.`, {
    code: 'destination.quota_exceeded',
    recovery: 'operator',
    hint: serviceAccountHint,
  });
}

export function storageFull(): DestinationError {
  return new DestinationError(`${provider}: the storage of the account is full.`, {
    code: 'destination.quota_exceeded',
    recovery: 'operator',
    hint: 'Free space, buy more, or archive to a shared drive.',
  });
}

export function folderGone(): DestinationError {
  return new DestinationError(`${provider}: the folder was removed while a document was being stored in it.`, {
    code: 'destination.unavailable',
    recovery: 'retry',
    hint: 'Somebody moves or deletes folders; the next attempt makes the folder anew.',
  });
}

export function uploadExpired(): DestinationError {
  return new DestinationError(`${provider}: the upload session is gone.`, {
    code: 'destination.upload_expired',
    recovery: 'retry',
    hint: 'Drive keeps an unfinished upload for a week. The next attempt begins it anew.',
  });
}

export function vanished(): DestinationError {
  return new DestinationError(`${provider}: the copy disappeared as soon as it was stored.`, {
    code: 'destination.unavailable',
    recovery: 'retry',
    hint: 'Somebody moves or deletes files in the archive; the next attempt stores the copy anew.',
  });
}

export function copyNotFound(id: string): DestinationError {
  return new DestinationError(`${provider}: there is no such copy.`, {
    code: 'destination.not_found',
    recovery: 'never',
    hint: 'Look for the copy by its key; if it is gone, archive the contract again.',
    details: { id },
  });
}

export function keyTooLong(): DestinationError {
  return new DestinationError(`${provider}: the key is too long for a property of Drive.`, {
    code: 'destination.unsupported',
    recovery: 'never',
    hint: 'Name and value of a property may have 124 bytes together. Use a shorter `source`.',
  });
}

export function missingOption(option: string, remedy: string): ConfigurationError {
  return new ConfigurationError(`${factory}: "${option}" is missing. ${remedy}`, {
    code: 'config.missing_option',
    recovery: 'never',
    hint: remedy,
  });
}

export function invalidOption(option: string, remedy: string): ConfigurationError {
  return new ConfigurationError(`${factory}: "${option}" is not usable. ${remedy}`, {
    code: 'config.invalid_option',
    recovery: 'never',
    hint: remedy,
  });
}
