import type { ErrorDetails } from '../../errors/archive-error.ts';
import { DestinationError } from '../../errors/destination-error.ts';
import { defaultHint } from './default-hint.ts';
import { defaultRow } from './default-row.ts';
import type { ErrorRow, ErrorTable, FailedAnswer } from './error-table.ts';
import { FailedTry } from './failed-try.ts';
import { readRetryAfter } from './retry-after.ts';

export interface FailureContext {
  readonly provider: string;
  readonly operation: string;
  readonly errorTable: ErrorTable;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Turns an answer that was not expected into the adapter's error for it. */
export function describeFailure(answer: FailedAnswer, { provider, operation, errorTable, now }: FailureContext): FailedTry {
  const { status, headers } = answer;
  const facts = errorTable.readFailure(answer);
  const reason = plainCode(facts.reason);
  const row = errorTable.rows.find((candidate) => fits(candidate, status, facts.reason)) ?? defaultRow(status);
  const retryAfterMs = longest(readRetryAfter(headers, now), facts.retryAfterMs);
  const details = compact({ provider, operation, status, reason, requestId: plainCode(facts.requestId), ...facts.details });
  const isRetry = row.recovery === 'retry';
  return new FailedTry({
    error: new DestinationError(`${provider}: could not ${operation} (${reason === undefined ? status : `${status} ${reason}`}).`, {
      code: row.code,
      recovery: row.recovery,
      retryAfterMs: isRetry ? retryAfterMs : undefined,
      hint: row.hint ?? defaultHint(row.code),
      details,
    }),
    isRepeatable: row.repeatable ?? (isRetry && row.code !== 'destination.upload_expired'),
    effect: row.effect ?? (status < 500 ? 'none' : 'unknown'),
    pauses: row.pauses ?? defaultPause(row, { status, hasWait: retryAfterMs !== undefined }),
  });
}

function fits(row: ErrorRow, status: number, reason: string | undefined): boolean {
  const statuses = typeof row.status === 'number' ? [row.status] : row.status;
  return statuses.includes(status) && (row.reason === undefined || matchesReason(row.reason, reason));
}

/** Whether a store's reason is the wanted one. */
export function matchesReason(wanted: string | RegExp, reason: string | undefined): boolean {
  if (reason === undefined) return false;
  return typeof wanted === 'string' ? wanted === reason : wanted.test(reason);
}

function defaultPause(row: ErrorRow, { status, hasWait }: { readonly status: number; readonly hasWait: boolean }): 'adapter' | 'request' {
  const isThrottle = row.code === 'destination.rate_limited' || (hasWait && [429, 503, 504, 509].includes(status));
  return isThrottle ? 'adapter' : 'request';
}

/** A store's code as it may be logged; free text, which may hold names, is dropped. */
function plainCode(value: string | undefined): string | undefined {
  return value !== undefined && /^[\w.:/-]{1,120}$/.test(value) ? value : undefined;
}

function longest(first: number | undefined, second: number | undefined): number | undefined {
  if (first === undefined) return second;
  return second === undefined ? first : Math.max(first, second);
}

type SparseDetails = { readonly [name: string]: ErrorDetails[string] | undefined };

function compact(details: SparseDetails): ErrorDetails {
  return Object.fromEntries(Object.entries(details).filter((entry): entry is [string, ErrorDetails[string]] => entry[1] !== undefined));
}
