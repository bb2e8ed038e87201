import {
  ArchiveError,
  DestinationError,
  type ErrorTable,
  type FailedAnswer,
  type FailureFacts,
  IntegrityError,
} from '@spotdraft-archive/core/destination';
import { z } from 'zod';

const operator = { recovery: 'operator' } as const;
const retry = { recovery: 'retry' } as const;
const never = { recovery: 'never' } as const;

const inviteHint =
  "In Box, open the folder, choose Share, and invite the app's service account (its address is in the Developer Console) as Editor.";
const planHint = 'The file is larger than the Box plan of this account allows. Move to a larger plan, or archive it elsewhere.';

/** How Box says no. https://developer.box.com/guides/api-calls/permissions-and-errors/common-errors */
export const errorTable: ErrorTable = {
  rows: [
    // "Not yet": a commit whose parts are still being worked on, or a download that is still being made.
    { status: 202, code: 'destination.unavailable', ...retry, effect: 'none', pauses: 'request' },
    { status: 400, reason: 'parts_mismatch', code: 'destination.unavailable', ...retry, pauses: 'request' },
    { status: 400, reason: 'bad_digest', code: 'destination.unavailable', ...retry, pauses: 'request' },
    { status: 400, reason: /^item_name_(invalid|too_long)$/, code: 'destination.name_rejected', ...never },
    {
      status: [400, 403, 413],
      reason: /^(file_size_limit_exceeded|request_entity_too_large)$/,
      code: 'destination.too_large',
      ...never,
      hint: planHint,
    },
    {
      status: [403, 507],
      reason: 'storage_limit_exceeded',
      code: 'destination.quota_exceeded',
      ...operator,
      hint: 'The owner of the folder has no storage left. Give more in the Admin Console under Users & Groups, or empty the trash.',
    },
    {
      status: 403,
      reason: 'insufficient_scope',
      code: 'destination.forbidden',
      ...operator,
      hint: 'Give the app "Write all files and folders stored in Box" under Developer Console > Configuration > Application Scopes, and let an admin authorise it again.',
    },
    {
      status: 403,
      reason: /item_locked|access_denied_item_locked/,
      code: 'destination.forbidden',
      ...operator,
      hint: 'Somebody has locked the file. Unlock it in Box, or wait until the lock ends.',
    },
    {
      status: 403,
      reason: /retention|legal_hold|forbidden_by_policy/,
      code: 'destination.forbidden',
      ...operator,
      hint: 'A retention policy, a legal hold (Governance) or an access policy (Shield) of the enterprise forbids it. Ask the Box admin.',
    },
    {
      status: 403,
      reason: /account_deactivated|user_email_confirmation_required|access_from_location_blocked/,
      code: 'destination.forbidden',
      ...operator,
      hint: 'The enterprise does not let this account in. Ask the Box admin about its status and about rules on devices and addresses.',
    },
    {
      status: [400, 403],
      reason: /^(terms_of_service_required|password_reset_required)$/,
      code: 'destination.forbidden',
      ...operator,
      hint: 'The account has something to do first: log in to Box as this user, accept the terms of service and finish the set-up. Service accounts need neither.',
    },
    { status: 403, code: 'destination.forbidden', ...operator, hint: inviteHint },
    // Another request for that name is in flight: it says nothing about whether a file exists.
    { status: 409, reason: 'name_temporarily_reserved', code: 'destination.name_reserved', ...retry, pauses: 'request' },
    { status: [403, 409], reason: 'operation_blocked_temporary', code: 'destination.unavailable', ...retry, pauses: 'request' },
  ],
  readFailure,
};

const failureSchema = z.object({ code: z.string().optional(), request_id: z.string().optional() });

function readFailure({ json, headers }: FailedAnswer): FailureFacts {
  const failure = failureSchema.safeParse(json).data;
  return { reason: failure?.code, requestId: failure?.request_id ?? headers.get('box-request-id') ?? undefined };
}

/** The folder is gone, or nobody told the account of it: Box answers the same. */
export function folderNotFound(): DestinationError {
  return new DestinationError('box: the folder is not there, or the account may not see it.', {
    code: 'destination.folder_not_found',
    recovery: 'operator',
    hint: `Look at the option "folderId" (BOX_FOLDER_ID). ${inviteHint}`,
    details: { provider: 'box' },
  });
}

/** The account was invited to the folder, as less than an Editor. */
export function notAnEditor(problem: string): DestinationError {
  return new DestinationError(`box: ${problem}.`, {
    code: 'destination.forbidden',
    recovery: 'operator',
    hint: inviteHint,
    details: { provider: 'box' },
  });
}

/** The upload session has ended, was used up, or belongs to somebody else. */
export function sessionGone(): DestinationError {
  return new DestinationError('box: the upload session has ended.', {
    code: 'destination.upload_expired',
    recovery: 'retry',
    hint: 'The next attempt begins a new one.',
    details: { provider: 'box' },
  });
}

/** Box kept the item under another name than the one asked for. */
export function nameAltered(): DestinationError {
  return new DestinationError('box: Box changes the name it was given, so nothing was stored.', {
    code: 'destination.name_rejected',
    recovery: 'never',
    hint: 'The name holds characters that Box removes. Choose a layout without them.',
    details: { provider: 'box' },
  });
}

/** What was just seen is gone: somebody else is at work there. */
export function fileVanished(): DestinationError {
  return new DestinationError('box: a file disappeared while it was looked at.', {
    code: 'destination.unavailable',
    recovery: 'retry',
    hint: 'Somebody else moved or removed it at that moment. The next attempt looks again.',
    details: { provider: 'box' },
  });
}

/** A file or the metadata template itself is gone: Box answers the same. */
export function metadataGone(): DestinationError {
  return new DestinationError('box: the file, or the metadata template, is not there any more.', {
    code: 'destination.unavailable',
    recovery: 'retry',
    hint: 'Somebody removed it at that moment. The next attempt looks for both again.',
    details: { provider: 'box', stale: 'metadata' },
  });
}

export function isMetadataGone(error: unknown): boolean {
  return ArchiveError.isInstance(error) && error.details.stale === 'metadata';
}

/** The bytes that arrived are not those that the document declares. */
export function wrongBytes(): IntegrityError {
  return new IntegrityError('box: the bytes that arrived have another SHA-1 than the document.', {
    code: 'integrity.checksum_mismatch',
    recovery: 'retry',
    hint: 'The source changed while it was read, or something on the way changes the bytes.',
    details: { provider: 'box' },
  });
}

/** The template is missing and the app may not make it. */
export function templateMissing(templateKey: string): DestinationError {
  return new DestinationError('box: the metadata template is missing, and the app may not create it.', {
    code: 'destination.forbidden',
    recovery: 'operator',
    hint: `Let an admin create it under Admin Console > Content > Metadata, with the template key "${templateKey}" and a text field "archiveKey"; or give the app "Manage enterprise properties" and run the check again; or use the option metadata: 'global-properties'.`,
    details: { provider: 'box' },
  });
}
