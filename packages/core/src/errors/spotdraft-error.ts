import { ArchiveError, type ArchiveErrorOptions } from './archive-error.ts';

export type SpotDraftErrorCode =
  | 'spotdraft.rate_limited'
  | 'spotdraft.unavailable'
  | 'spotdraft.timeout'
  | 'spotdraft.unauthorized'
  | 'spotdraft.forbidden'
  | 'spotdraft.not_found'
  | 'spotdraft.conflict'
  | 'spotdraft.invalid_request'
  | 'spotdraft.business_rule'
  | 'spotdraft.wrong_url'
  | 'spotdraft.link_expired'
  | 'spotdraft.unexpected_answer'
  | 'spotdraft.contract_unresolved'
  | 'spotdraft.not_executed'
  | 'spotdraft.document_not_ready';

export interface SpotDraftErrorOptions extends ArchiveErrorOptions<SpotDraftErrorCode> {
  /** HTTP status of the answer; absent when there was none. */
  readonly status?: number | undefined;
  readonly method?: string | undefined;
  /** Path of the request without host, query and credentials. */
  readonly path?: string | undefined;
  /** SpotDraft's own code, such as `SD_PUBLIC_00009`. */
  readonly providerCode?: string | undefined;
  /** SpotDraft's own words. They may name parties, so they are kept out of the message, of JSON and of logs. */
  readonly providerMessage?: string | undefined;
}

/** SpotDraft refused, failed, or answered something that cannot be archived. */
export class SpotDraftError extends ArchiveError<SpotDraftErrorCode> {
  readonly status: number | undefined;
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly providerCode: string | undefined;
  /** SpotDraft's own words, for a person to read. They may name parties: not enumerable, so that no log prints them unasked. */
  declare readonly providerMessage: string | undefined;

  constructor(message: string, options: SpotDraftErrorOptions) {
    super(message, options);
    this.name = 'SpotDraftError';
    this.status = options.status;
    this.method = options.method;
    this.path = options.path;
    this.providerCode = options.providerCode;
    Object.defineProperty(this, 'providerMessage', { value: options.providerMessage });
  }
}
