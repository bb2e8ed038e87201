import type { ErrorTable, FailedAnswer, FailureFacts } from '@spotdraft-archive/core/destination';
import { z } from 'zod';

const scopes = 'files.metadata.read, files.metadata.write, files.content.read and files.content.write';

/** What Dropbox's refusals mean. The reason is the chain of tags of the error, such as `path/conflict/file`. */
export const errorTable: ErrorTable = {
  rows: [
    {
      status: 400,
      reason: 'member_missing',
      code: 'destination.forbidden',
      recovery: 'operator',
      hint: 'This is a team\'s token: give "selectUser", the member whose Dropbox is meant (dbmid:…), or "selectAdmin" for team folders.',
    },
    {
      status: 401,
      reason: 'missing_scope',
      code: 'destination.forbidden',
      recovery: 'operator',
      hint: `Tick ${scopes} on the Permissions tab of the app in the App Console, then connect the account again: older tokens keep the old scopes.`,
    },
    {
      status: 401,
      reason: 'route_access_denied',
      code: 'destination.forbidden',
      recovery: 'operator',
      hint: 'An app with the permission type "App folder" has no properties: give access: \'app-folder\', or make an app with "Full Dropbox".',
    },
    {
      status: 401,
      reason: /^(invalid_select_user|invalid_select_admin|user_suspended)$/,
      code: 'destination.forbidden',
      recovery: 'operator',
      hint: 'The member given as "selectUser" or "selectAdmin" is suspended, no longer on the team, or no admin.',
    },
    {
      status: 401,
      code: 'destination.unauthorized',
      recovery: 'operator',
      hint: 'The app was disconnected or its token has expired. Connect it to the account again, best with a refresh token (token_access_type=offline).',
    },
    {
      status: 403,
      code: 'destination.forbidden',
      recovery: 'operator',
      hint: 'The account or its team does not let the app do this. Ask a team admin to allow the app and to give the account the right to edit the folder.',
    },
    {
      status: 422,
      code: 'destination.folder_not_found',
      recovery: 'operator',
      hint: 'The namespace given as "pathRoot" is not this account\'s, or no longer. Take root_info.root_namespace_id of users/get_current_account.',
    },
    { status: 409, reason: /too_many_write_operations/, code: 'destination.rate_limited', recovery: 'retry', effect: 'none' },
    {
      status: 409,
      reason: /insufficient_space/,
      code: 'destination.quota_exceeded',
      recovery: 'operator',
      hint: "The Dropbox is full. Delete files for good, buy space, or raise the member's limit in the Admin Console.",
    },
    {
      status: 409,
      reason: /no_write_permission|access_restricted|operation_suppressed|team_folder|restricted_content/,
      code: 'destination.forbidden',
      recovery: 'operator',
      hint: 'Give the account the right to edit the folder ("Can edit"); a team admin may have restricted it.',
    },
    {
      status: 409,
      reason: /disallowed_name|malformed_path/,
      code: 'destination.name_rejected',
      recovery: 'never',
      hint: 'Dropbox keeps no file of this name. Choose a layout that gives plainer names.',
    },
    {
      status: 409,
      reason: /too_large|encryption_not_supported/,
      code: 'destination.too_large',
      recovery: 'never',
      hint: 'Dropbox takes files up to 2 TB, and none into encrypted team folders.',
    },
    // The bytes were damaged on their way: those of a piece are hashed here, just before they are sent.
    {
      status: 409,
      reason: 'content_hash_mismatch',
      code: 'destination.unavailable',
      recovery: 'retry',
      hint: 'The bytes were damaged on their way. Send them again.',
    },
    {
      status: 409,
      reason: /^(lookup_failed\/)?(not_found|closed)$/,
      code: 'destination.upload_expired',
      recovery: 'retry',
      hint: 'The upload session is older than seven days or was finished. The next attempt begins another.',
    },
    {
      status: 409,
      reason: /incorrect_offset/,
      code: 'destination.unavailable',
      recovery: 'retry',
      hint: 'The upload goes on from where Dropbox stands.',
    },
    {
      status: 409,
      reason: 'reset',
      code: 'destination.unavailable',
      recovery: 'retry',
      repeatable: false,
      hint: 'The results of the search changed while they were read. The next attempt searches again.',
    },
    {
      status: 409,
      reason: /template|property|too_many_properties|does_not_fit/,
      code: 'destination.unsupported',
      recovery: 'operator',
      hint: 'The property template was deleted, belongs to another app or is full. Leave "templateId" off to let one be made, and look at "templateOwner".',
    },
    {
      status: 409,
      reason: /^path(_lookup)?\/not_found/,
      code: 'destination.not_found',
      recovery: 'never',
      hint: 'The file was deleted, or moved out of what the app sees.',
    },
    {
      status: 409,
      reason: /settings_error|email_not_verified|access_denied/,
      code: 'destination.forbidden',
      recovery: 'operator',
      hint: 'The account may not make such a link. Leave "link" off, or let a team admin allow it under Sharing in the Admin Console.',
    },
    { status: 409, reason: /conflict/, code: 'destination.conflict', recovery: 'never', hint: 'Store the document under another name.' },
    {
      status: 409,
      code: 'destination.unexpected_answer',
      recovery: 'operator',
      hint: 'Dropbox refused with a reason that this version does not know. Look for a newer one.',
    },
  ],
  beyondRefresh: /^(missing_scope|route_access_denied|invalid_select_user|invalid_select_admin|user_suspended)$/,
  readFailure,
};

const failureSchema = z.object({ error: z.unknown() });
const taggedSchema = z.looseObject({ '.tag': z.string() });
const throttleSchema = z.object({ reason: taggedSchema.optional(), retry_after: z.number().optional() });
const scopeSchema = z.object({ required_scope: z.string() });

function readFailure({ status, json, text, headers }: FailedAnswer): FailureFacts {
  const requestId = headers.get('x-dropbox-request-id') ?? undefined;
  // Only this plain text means something to us; a 429 may come as plain text too and needs no reading.
  if (status === 400 && text.includes('Dropbox-API-Select-User')) return { reason: 'member_missing', requestId };
  const error = failureSchema.safeParse(json).data?.error;
  const throttle = status === 429 ? throttleSchema.safeParse(error).data : undefined;
  const scope = scopeSchema.safeParse(error).data?.required_scope;
  return {
    reason: reasonOf(throttle?.reason ?? error),
    requestId,
    retryAfterMs: throttle?.retry_after === undefined ? undefined : throttle.retry_after * 1000,
    ...(scope !== undefined && { details: { requiredScope: scope } }),
  };
}

/** The tags of a union value and of those inside it, joined with slashes. */
function reasonOf(error: unknown): string | undefined {
  const tagged = taggedSchema.safeParse(error).data;
  if (tagged === undefined) return undefined;
  const tag = tagged['.tag'];
  // A failed upload keeps its write error in `reason`.
  const inner = reasonOf(tagged[tag] ?? tagged.reason);
  return inner === undefined ? tag : `${tag}/${inner}`;
}
