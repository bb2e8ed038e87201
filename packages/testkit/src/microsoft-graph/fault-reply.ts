import type { FaultReply } from '../emulator/index.ts';
import { graphErrorBody } from './graph-refusal.ts';

const codes: Readonly<Record<number, string>> = {
  401: 'InvalidAuthenticationToken',
  403: 'accessDenied',
  404: 'itemNotFound',
  409: 'resourceModified',
  423: 'resourceLocked',
  429: 'activityLimitReached',
  500: 'generalException',
  503: 'serviceNotAvailable',
  507: 'quotaLimitReached',
};

/** What Microsoft sends with a status, for injected faults that say nothing else. */
export const graphFaultReply: FaultReply = (status, { origin }) => {
  if (origin === 'login') return { body: { error: status >= 500 ? 'temporarily_unavailable' : 'invalid_grant', error_codes: [70_000] } };
  if (status === 502 || status === 504) return { headers: { 'content-type': 'text/html' }, body: `<html><h2>Error ${status}</h2></html>` };
  return { body: graphErrorBody(codes[status] ?? 'generalException', `Answered with ${status}.`) };
};
