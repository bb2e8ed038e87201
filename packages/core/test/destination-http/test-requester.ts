import { createDestinationRequester } from '../../src/destination/http/create-destination-requester.ts';
import type { ErrorTable } from '../../src/destination/http/error-table.ts';
import type { DestinationRequest, DestinationRequester, DestinationRequesterOptions } from '../../src/destination/http/requester-types.ts';
import { createManualClock } from './manual-clock.ts';

/** How a small imagined store says no: `{ "reason": "...", "waitSeconds": 3 }`. */
export const errorTable: ErrorTable = {
  rows: [
    { status: 403, reason: 'slowDown', code: 'destination.rate_limited', recovery: 'retry' },
    { status: 403, reason: 'full', code: 'destination.quota_exceeded', recovery: 'operator', hint: 'Empty the bin.' },
    { status: 202, code: 'destination.unavailable', recovery: 'retry', pauses: 'request' },
    { status: 409, reason: /^busy/, code: 'destination.unavailable', recovery: 'retry' },
  ],
  readFailure({ json, headers }) {
    const body = typeof json === 'object' && json !== null ? (json as { reason?: string; waitSeconds?: number }) : {};
    return {
      reason: body.reason,
      retryAfterMs: body.waitSeconds === undefined ? undefined : body.waitSeconds * 1000,
      requestId: headers.get('request-id') ?? undefined,
    };
  },
};

export function testRequester(options: Partial<DestinationRequesterOptions> = {}): DestinationRequester {
  return createDestinationRequester({ provider: 'teststore', errorTable, clock: createManualClock(), ...options });
}

/** A GET without a token that may be repeated; override what the test is about. */
export function testRequest(url: string, overrides: Partial<DestinationRequest> = {}): DestinationRequest {
  return { operation: 'look', method: 'GET', url, expect: [200], auth: false, repeat: 'safe', ...overrides };
}
