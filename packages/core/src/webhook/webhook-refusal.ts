import { ArchiveError } from '../errors/archive-error.ts';

/** What the sender of a webhook is told when it is not accepted. */
export interface WebhookRefusal {
  /** HTTP status. */
  readonly status: number;
  /** Code of the `WebhookError`, or `internal_error`, or `method_not_allowed`. */
  readonly code: string;
}

// A body that a framework parsed first is the receiver's mistake, so it is a 500 and not the sender's 400.
const statusOfCode: ReadonlyMap<string, number> = new Map([
  ['webhook.signature_missing', 401],
  ['webhook.signature_malformed', 401],
  ['webhook.signature_mismatch', 401],
  ['webhook.body_too_large', 413],
  ['webhook.body_invalid', 400],
  ['webhook.body_already_parsed', 500],
]);

/** The refusal for an error that came up before the event was handed on. */
export function refusalOf(error: unknown): WebhookRefusal {
  const code = ArchiveError.isInstance(error) ? error.code : '';
  const status = statusOfCode.get(code);
  return status === undefined ? { status: 500, code: 'internal_error' } : { status, code };
}

/** The answer to a refused request: a code, nothing else. */
export function refuse({ status, code }: WebhookRefusal): Response {
  return Response.json({ error: code }, { status, headers: { 'cache-control': 'no-store', ...(status === 405 && { allow: 'POST' }) } });
}
