import type { FaultReply } from '../emulator/index.ts';
import { driveErrorBody } from './drive-error.ts';

const reasons: Readonly<Record<number, string>> = {
  401: 'authError',
  403: 'userRateLimitExceeded',
  404: 'notFound',
  429: 'rateLimitExceeded',
  500: 'internalError',
  503: 'backendError',
};

/** What Google sends with a status, for injected faults that say nothing else. */
export const driveFaultReply: FaultReply = (status, { origin }) => {
  if (origin === 'oauth') return { body: { error: status >= 500 ? 'server_error' : 'invalid_grant' } };
  if (status === 502 || status === 504)
    return { headers: { 'content-type': 'text/html' }, body: `<html><title>Error ${status}</title></html>` };
  return { body: driveErrorBody({ status, reason: reasons[status] ?? 'backendError', message: `Answered with ${status}.` }) };
};
