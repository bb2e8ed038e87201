import { randomUUID } from 'node:crypto';

/** A refusal in the form of Microsoft Graph. */
export class GraphRefusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    code: string,
    { message = code, headers = {} }: { readonly message?: string; readonly headers?: Record<string, string> } = {},
  ) {
    super(message);
    this.name = 'GraphRefusal';
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

/** https://learn.microsoft.com/graph/errors */
export function graphErrorBody(code: string, message: string): unknown {
  const requestId = randomUUID();
  return { error: { code, message, innerError: { date: '2026-11-24T00:00:00', 'request-id': requestId, 'client-request-id': requestId } } };
}

export function refusalResponse({ status, code, message, headers }: GraphRefusal): Response {
  return Response.json(graphErrorBody(code, message), { status, headers: { ...headers, 'request-id': randomUUID() } });
}

export function itemNotFound(): GraphRefusal {
  return new GraphRefusal(404, 'itemNotFound', { message: 'The resource could not be found.' });
}

export function nameTaken(): GraphRefusal {
  return new GraphRefusal(409, 'nameAlreadyExists', { message: 'The specified item name already exists, or is currently being uploaded.' });
}

export function invalidRequest(message: string): GraphRefusal {
  return new GraphRefusal(400, 'invalidRequest', { message });
}

export function accessDenied(message = 'Access denied'): GraphRefusal {
  return new GraphRefusal(403, 'accessDenied', { message });
}

export function eTagMismatch(): GraphRefusal {
  return new GraphRefusal(412, 'resourceModified', { message: 'ETag does not match current item value.' });
}
