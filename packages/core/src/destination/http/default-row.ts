import type { ErrorRow } from './error-table.ts';

export const redirectHint = 'The store answered with a redirect, which is not followed. Look at the base address and at proxies.';

const rows: readonly ErrorRow[] = [
  {
    status: 401,
    code: 'destination.unauthorized',
    recovery: 'operator',
    hint: 'The store refused the credentials given as `auth`, also after a refresh.',
  },
  {
    status: 403,
    code: 'destination.forbidden',
    recovery: 'operator',
    hint: 'Give the account of `auth` the right to read and write the folder.',
  },
  { status: [404, 410], code: 'destination.not_found', recovery: 'never' },
  { status: [409, 412], code: 'destination.conflict', recovery: 'never' },
  { status: [408, 423, 425], code: 'destination.unavailable', recovery: 'retry' },
  { status: 413, code: 'destination.too_large', recovery: 'never' },
  { status: [429, 509], code: 'destination.rate_limited', recovery: 'retry', effect: 'none' },
  { status: 507, code: 'destination.quota_exceeded', recovery: 'operator', hint: 'Free space in the store or enlarge its quota.' },
];

/** What a status means when the adapter's own table does not say. */
export function defaultRow(status: number): ErrorRow {
  const row = rows.find(
    (candidate) => candidate.status === status || (Array.isArray(candidate.status) && candidate.status.includes(status)),
  );
  if (row !== undefined) return row;
  if (status >= 500) return { status, code: 'destination.unavailable', recovery: 'retry' };
  return {
    status,
    code: 'destination.unexpected_answer',
    recovery: 'operator',
    hint:
      status >= 300 && status < 400
        ? redirectHint
        : 'The store did not understand the request or changed its interface. Look for a newer version of this package.',
  };
}
