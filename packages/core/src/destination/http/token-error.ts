import { ArchiveError } from '../../errors/archive-error.ts';
import { DestinationError } from '../../errors/destination-error.ts';

export interface TokenErrorOptions {
  readonly provider: string;
  readonly hint: string | undefined;
}

const refusals = /^(invalid_grant|invalid_client|unauthorized_client|invalid_scope|access_denied|interaction_required|consent_required)$/;

/**
 * Says in our words why a token function of the host or of a vendor's library failed: `destination.unauthorized` when the credentials were refused,
 * `destination.unavailable` otherwise.
 *
 * The original is not kept as `cause`: such errors carry requests, and requests to a token endpoint carry secrets.
 */
export function toTokenError(error: unknown, { provider, hint }: TokenErrorOptions): ArchiveError {
  if (ArchiveError.isInstance(error)) return error;
  const status = readStatus(error);
  const name = error instanceof Error ? error.name : typeof error;
  const code = readCode(error);
  const details = { errorName: name, ...(status === undefined ? {} : { status }), ...(code === undefined ? {} : { errorCode: code }) };
  if (status === 400 || status === 401 || status === 403 || (code !== undefined && refusals.test(code))) {
    return new DestinationError(`${provider}: the credentials were refused.`, {
      code: 'destination.unauthorized',
      recovery: 'operator',
      hint: hint ?? 'Look at the credentials given as `auth`.',
      details,
    });
  }
  return new DestinationError(`${provider}: no access token could be got (${name}).`, {
    code: 'destination.unavailable',
    recovery: 'retry',
    hint: 'The function given as `auth` failed. If it goes on, call it by itself and look at its error.',
    details,
  });
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

/** Each vendor's library keeps the status elsewhere: gaxios and dropbox, azure, older gaxios, Box. */
function readStatus(error: unknown): number | undefined {
  const candidates = [
    property(error, 'status'),
    property(error, 'statusCode'),
    property(property(error, 'response'), 'status'),
    property(property(error, 'responseInfo'), 'statusCode'),
  ];
  return candidates.find((candidate): candidate is number => typeof candidate === 'number');
}

function readCode(error: unknown): string | undefined {
  const candidates = [property(error, 'errorCode'), property(error, 'code'), property(property(error, 'cause'), 'code')];
  return candidates.find((candidate): candidate is string => typeof candidate === 'string' && /^\w{1,60}$/.test(candidate));
}
