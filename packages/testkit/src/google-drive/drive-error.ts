/** A refusal in the form of Google's APIs. */
export class DriveError extends Error {
  readonly status: number;
  readonly reason: string;

  constructor(status: number, reason: string, message: string) {
    super(message);
    this.name = 'DriveError';
    this.status = status;
    this.reason = reason;
  }
}

interface ErrorBody {
  readonly error: {
    readonly code: number;
    readonly message: string;
    readonly errors: readonly { readonly message: string; readonly domain: string; readonly reason: string }[];
  };
}

/** https://developers.google.com/workspace/drive/api/guides/handle-errors */
export function driveErrorBody({ status, reason, message }: Pick<DriveError, 'status' | 'reason' | 'message'>): ErrorBody {
  const domain = reason.endsWith('RateLimitExceeded') || reason === 'rateLimitExceeded' ? 'usageLimits' : 'global';
  return { error: { code: status, message, errors: [{ message, domain, reason }] } };
}

export function fileNotFound(id: string): DriveError {
  return new DriveError(404, 'notFound', `File not found: ${id}.`);
}

export function idInUse(): DriveError {
  return new DriveError(409, 'fileIdInUse', 'A file already exists with the provided ID.');
}

export function invalid(message: string): DriveError {
  return new DriveError(400, 'invalid', message);
}

export function noPermission(): DriveError {
  return new DriveError(403, 'insufficientFilePermissions', 'The user does not have sufficient permissions for this file.');
}
