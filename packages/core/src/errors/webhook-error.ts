import { ArchiveError, type ArchiveErrorOptions } from './archive-error.ts';

export type WebhookErrorCode =
  | 'webhook.signature_missing'
  | 'webhook.signature_malformed'
  | 'webhook.signature_mismatch'
  | 'webhook.body_already_parsed'
  | 'webhook.body_too_large'
  | 'webhook.body_invalid'
  | 'webhook.key_invalid';

/** A webhook was refused. Nothing of it was handed on. */
export class WebhookError extends ArchiveError<WebhookErrorCode> {
  constructor(message: string, options: ArchiveErrorOptions<WebhookErrorCode>) {
    super(message, options);
    this.name = 'WebhookError';
  }
}
