import { readRetryAfter } from '../../destination/http/retry-after.ts';
import type { Recovery } from '../../errors/archive-error.ts';
import { SpotDraftError, type SpotDraftErrorCode } from '../../errors/spotdraft-error.ts';
import { readErrorText } from './error-text.ts';
import { doubtHint } from './network-error.ts';
import { nameOf, peerOf, type RequestLabel } from './request-label.ts';

/** An answer that is no success. */
export interface FailedAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** The body, parsed when it is JSON; `undefined` when there is none. */
  readonly body: unknown;
}

interface ErrorRow {
  readonly status: number;
  readonly code: SpotDraftErrorCode;
  readonly recovery: Recovery;
  readonly hint: string;
}

const rows: readonly ErrorRow[] = [
  {
    status: 400,
    code: 'spotdraft.invalid_request',
    recovery: 'never',
    hint: "SpotDraft's own words are in `providerMessage` of this error.",
  },
  {
    status: 401,
    code: 'spotdraft.unauthorized',
    recovery: 'operator',
    hint: 'Look at clientId and clientSecret (SPOTDRAFT_CLIENT_ID, SPOTDRAFT_CLIENT_SECRET): they belong to one workspace in one region.',
  },
  {
    status: 402,
    code: 'spotdraft.business_rule',
    recovery: 'operator',
    hint: "The contract's workflow does not allow this now. SpotDraft's own words are in `providerMessage` of this error.",
  },
  {
    status: 403,
    code: 'spotdraft.forbidden',
    recovery: 'operator',
    hint: 'Have API access enabled for the workspace, and give the credentials, or the user of `userEmail`, the permission.',
  },
  {
    status: 404,
    code: 'spotdraft.not_found',
    recovery: 'never',
    hint: 'It does not exist, or these credentials may not see it. Another region has other contracts.',
  },
  { status: 408, code: 'spotdraft.timeout', recovery: 'retry', hint: 'Try again later.' },
  { status: 409, code: 'spotdraft.conflict', recovery: 'retry', hint: 'Read the present state before you write again.' },
  {
    status: 429,
    code: 'spotdraft.rate_limited',
    recovery: 'retry',
    hint: 'SpotDraft allows a workspace 10 requests a second, for all its integrations together. Lower `requestsPerSecond`.',
  },
];

/** Turns an answer of SpotDraft that is no success into an error. What the answer says is never part of the message: it may name parties. */
export function answerError({ status, headers, body }: FailedAnswer, label: RequestLabel): SpotDraftError {
  const { code, recovery, hint } = rowFor(status, label);
  const { providerMessage, providerCode, fields } = readErrorText(body);
  const about = [providerCode, ...fields].filter((word) => word !== undefined).join(', ');
  return new SpotDraftError(`${peerOf(label)} answered ${status} to ${nameOf(label)}${about && ` (${about})`}.`, {
    code,
    recovery,
    hint,
    status,
    method: label.method,
    path: label.path,
    providerCode,
    providerMessage,
    retryAfterMs: readRetryAfter(headers, Date.now()),
    details: { attempts: label.attempt, ...(fields.length > 0 && { fields }) },
  });
}

function rowFor(status: number, { isRepeatable }: RequestLabel): Omit<ErrorRow, 'status'> {
  const row = rows.find((candidate) => candidate.status === status);
  if (row !== undefined) return row;
  if (status < 500) return { code: 'spotdraft.invalid_request', recovery: 'never', hint: 'Look for a newer version of this package.' };
  if (!isRepeatable) return { code: 'spotdraft.unavailable', recovery: 'operator', hint: doubtHint };
  return { code: 'spotdraft.unavailable', recovery: 'retry', hint: 'SpotDraft has a problem of its own. Try again later.' };
}
