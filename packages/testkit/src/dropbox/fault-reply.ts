import type { FaultReply } from '../emulator/index.ts';
import { rateLimited, withSummary } from './dropbox-refusal.ts';

/** What Dropbox sends with a status, for injected faults that name no body of their own. */
export const dropboxFaultReply: FaultReply = (status) => {
  if (status === 429) {
    const { body, headers } = rateLimited('too_many_requests', 1);
    return { body, headers };
  }
  if (status === 401) return { body: withSummary({ '.tag': 'expired_access_token' }) };
  if (status === 503) return { body: 'Service Unavailable' };
  return { body: status >= 500 ? 'An internal error occurred.' : '' };
};
