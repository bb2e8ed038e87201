import type { FaultReply } from '../emulator/index.ts';
import { storageErrorBody } from './documents/signed-links.ts';

/** What SpotDraft, its gateway or its file storage sends with a status, for injected faults that say nothing else. */
export const spotDraftFaultReply: FaultReply = (status, { origin }) => {
  if (origin === 'storage') {
    return {
      headers: { 'content-type': 'application/xml; charset=UTF-8' },
      body: storageErrorBody(status >= 500 ? 'InternalError' : 'AccessDenied'),
    };
  }
  if (status >= 502) return { headers: { 'content-type': 'text/html' }, body: `<html><body><h1>${status}</h1></body></html>` };
  if (status === 429) return { body: { detail: 'Request was throttled.' } };
  if (status === 402) {
    const message = 'The state of the contract does not allow this.';
    return { body: { detail: message, message, code: 'SD_CONTRACTS_00001', status_code: 402 } };
  }
  return { body: { detail: `Answered with ${status}.` } };
};
