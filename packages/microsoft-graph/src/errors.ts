import type { ErrorTable, FailedAnswer, FailureFacts } from '@spotdraft-archive/core/destination';
import { z } from 'zod';

const shareHint =
  'Give the app write access: Sites.Selected plus a grant with the role "write" on the site (POST /sites/{id}/permissions), or Files.ReadWrite.All; ' +
  'for a signed-in user Files.ReadWrite. An administrator has to consent.';

/** How Microsoft Graph says no. https://learn.microsoft.com/graph/errors and https://learn.microsoft.com/onedrive/developer/rest-api/concepts/errors */
export const errorTable: ErrorTable = {
  rows: [
    {
      status: 401,
      code: 'destination.unauthorized',
      recovery: 'operator',
      hint: 'Graph refused the token. Look at Entra ID > App registrations: secret or certificate expired, wrong tenant, or a token for another resource.',
    },
    {
      status: [403, 423],
      reason: /retention|record|complianceTag/i,
      code: 'destination.forbidden',
      recovery: 'operator',
      hint: 'The file is a record or under retention. Unlock the record or let the label expire before it is changed.',
    },
    {
      status: 403,
      reason: /quota/i,
      code: 'destination.quota_exceeded',
      recovery: 'operator',
      hint: 'Enlarge the storage of the site or the account.',
    },
    { status: 403, code: 'destination.forbidden', recovery: 'operator', hint: shareHint },
    // Server-side processing of a new file changes it once more, and whoever writes meanwhile is told so. Waiting mends it.
    // https://github.com/OneDrive/onedrive-api-docs/issues/1414
    { status: 409, reason: 'resourceModified', code: 'destination.unavailable', recovery: 'retry' },
    {
      status: [409, 423],
      reason: /lock/i,
      code: 'destination.unavailable',
      recovery: 'retry',
      hint: 'Somebody has the file open. Close it.',
    },
    { status: 423, code: 'destination.unavailable', recovery: 'retry', hint: 'Somebody has the file open, or it is checked out.' },
    { status: 416, code: 'destination.unavailable', recovery: 'retry' },
    {
      status: [400, 403, 422],
      reason: /malware/i,
      code: 'destination.forbidden',
      recovery: 'operator',
      hint: 'Microsoft holds the file for malware.',
    },
    {
      status: 400,
      reason: /invalidName|pathTooLong|nameTooLong/i,
      code: 'destination.name_rejected',
      recovery: 'never',
      hint: 'Choose a layout with shorter and plainer names: a path has at most 400 characters, site and library included.',
    },
    { status: [429, 509], code: 'destination.rate_limited', recovery: 'retry', effect: 'none' },
    {
      status: 503,
      reason: /activityLimitReached|tooManyRequests|throttled/i,
      code: 'destination.rate_limited',
      recovery: 'retry',
      effect: 'none',
    },
    {
      status: 507,
      code: 'destination.quota_exceeded',
      recovery: 'operator',
      hint: 'The site or account is full. Enlarge it in the SharePoint admin center, or empty both recycle bins.',
    },
  ],
  readFailure,
};

interface GraphError {
  readonly code?: string | undefined;
  readonly innerError?: GraphError | undefined;
  readonly innererror?: GraphError | undefined;
}

const graphErrorSchema: z.ZodType<GraphError> = z.lazy(() =>
  z.object({ code: z.string().optional(), innerError: graphErrorSchema.optional(), innererror: graphErrorSchema.optional() }),
);
const bodySchema = z.object({ error: graphErrorSchema });

/** The innermost code says most, but not every one is kept apart from the outer: both are looked at. The message stays out, it names files. */
function readFailure({ json, headers }: FailedAnswer): FailureFacts {
  const outer = bodySchema.safeParse(json).data?.error;
  const inner = innermost(outer);
  const reason = outer?.code === inner?.code || inner?.code === undefined ? outer?.code : preferred(outer?.code, inner.code);
  return { reason, requestId: headers.get('request-id') ?? undefined };
}

function innermost(error: GraphError | undefined): GraphError | undefined {
  const inner = error?.innerError ?? error?.innererror;
  return inner?.code === undefined ? error : innermost(inner);
}

/** Codes that say nothing by themselves; the one inside says it. */
const vague = /^(invalidRequest|BadRequest|generalException|accessDenied|notAllowed)$/;

function preferred(outer: string | undefined, inner: string): string {
  return outer === undefined || vague.test(outer) ? inner : outer;
}
