import type { ErrorRow } from './error-table.ts';

export const redirectHint = 'The store answered with a redirect, which is not followed. Look at the base address and at proxies.';

const rows: readonly ErrorRow[] = [
  { status: 401, code: 'destination.unauthorized', recovery: 'operator' },
  { status: 403, code: 'destination.forbidden', recovery: 'operator' },
  { status: [404, 410], code: 'destination.not_found', recovery: 'never' },
  { status: [409, 412], code: 'destination.conflict', recovery: 'never' },
  { status: [408, 423, 425], code: 'destination.unavailable', recovery: 'retry' },
  { status: 413, code: 'destination.too_large', recovery: 'never' },
  { status: [429, 509], code: 'destination.rate_limited', recovery: 'retry', effect: 'none' },
  { status: 507, code: 'destination.quota_exceeded', recovery: 'operator' },
];

/** What a status means when the adapter's own table does not say. */
export function defaultRow(status: number): ErrorRow {
  const row = rows.find((candidate) => [candidate.status].flat().includes(status));
  if (row !== undefined) return row;
  if (status >= 500) return { status, code: 'destination.unavailable', recovery: 'retry' };
  const isRedirect = status >= 300 && status < 400;
  return { status, code: 'destination.unexpected_answer', recovery: 'operator', hint: isRedirect ? redirectHint : undefined };
}
