import type { CallOptions, RetryOptions } from '@spotdraft-archive/core/destination';
import type { BoxApi } from './api.ts';
import type { BoxFolders } from './folders.ts';
import type { BoxSettings } from './options.ts';
import type { Carrier } from './template.ts';
import type { UploadApi } from './upload-api.ts';

/** What the five verbs share. */
export interface BoxContext {
  readonly settings: BoxSettings;
  readonly api: BoxApi;
  readonly uploads: UploadApi;
  readonly folders: BoxFolders;
  readonly chunkedFromBytes: number;
  /** Where metadata is kept; asked for at Box once. */
  carrier(options: CallOptions): Promise<Carrier>;
  /** Makes the next one ask Box again. */
  forgetCarrier(): void;
}

/** What a test sets otherwise, because the real values are large. */
export interface BoxTuning {
  readonly chunkedFromBytes: number;
  readonly retry: RetryOptions;
  readonly commitRetry: RetryOptions;
}
