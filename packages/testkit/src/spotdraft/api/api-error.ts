/** An answer other than success, thrown by handlers. */
export class ApiError extends Error {
  readonly status: number;
  readonly body: unknown;

  constructor(status: number, body: unknown) {
    super(`answered with ${status}`);
    this.name = 'ApiError';
    this.status = status;
    this.body = body;
  }
}

// SpotDraft's error bodies differ from endpoint to endpoint. Each of the shapes that were seen is sent by at least one endpoint here.

/** `{ detail }`, the most common one. */
export function detailError(status: number, detail: string): ApiError {
  return new ApiError(status, { detail });
}

export function notFound(): ApiError {
  return detailError(404, 'Not found.');
}

/** `{ detail, message, code, status_code }`. */
export function codedError(status: number, code: string, message: string): ApiError {
  return new ApiError(status, { detail: message, message, code, status_code: status });
}

/** What is wrong, by the name of the field. Fields may be nested. */
export interface FieldErrors {
  readonly [field: string]: readonly string[] | FieldErrors;
}

export function fieldErrors(errors: FieldErrors): ApiError {
  return new ApiError(400, errors);
}

/** `{ error }`. */
export function plainError(status: number, error: string): ApiError {
  return new ApiError(status, { error });
}
