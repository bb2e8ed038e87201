import {
  ConfigurationError,
  checkOptions,
  optionRules,
  parseBaseUrl,
  type RequestEvent,
  type RetryOptions,
} from '@spotdraft-archive/core/destination';
import type { BoxAuth } from './auth.ts';

export interface BoxOptions {
  /**
   * A token, a function that returns one, `{ clientId, clientSecret, enterpriseId }` or `{ clientId, clientSecret, userId }` of a Box app, or your
   * `BoxClient` or auth object of `box-node-sdk`.
   */
  readonly auth: BoxAuth;
  /** The folder that keeps the copies: the number at the end of its address in the browser. The account needs to be its Editor. */
  readonly folderId: string;
  /**
   * Where key and properties are kept: in an `enterprise` template, which `check` creates, or in `global-properties`, which need no set-up but
   * cannot be searched: a copy is then found only where it was put.
   *
   * @default 'enterprise'
   */
  readonly metadata?: 'enterprise' | 'global-properties' | undefined;
  /** Key of the enterprise template. @default 'spotDraftArchive' */
  readonly templateKey?: string | undefined;
  /**
   * Gives every copy a shared link for people of the `company`, or for `collaborators` of the folder only. One more request for each copy.
   *
   * @default 'none'
   */
  readonly link?: 'none' | 'company' | 'collaborators' | undefined;
  /** How many parts of a large document travel at a time, from 1 to 4; each takes about 8 MiB of memory. @default 3 */
  readonly parallelParts?: number | undefined;
  /** @default 'https://api.box.com/' */
  readonly baseUrl?: string | undefined;
  /** @default 'https://upload.box.com/' */
  readonly uploadUrl?: string | undefined;
  /** @default the global `fetch` */
  readonly fetch?: typeof globalThis.fetch | undefined;
  /** How long and how often a request is sent again. */
  readonly retry?: RetryOptions | undefined;
  /** Longest silence of Box in milliseconds. @default 60000 */
  readonly timeoutMs?: number | undefined;
  /** Told of requests, repetitions and pauses. */
  readonly onEvent?: ((event: RequestEvent) => void) | undefined;
}

export interface BoxSettings {
  readonly auth: BoxAuth | undefined;
  readonly folderId: string;
  readonly metadata: 'enterprise' | 'global-properties';
  readonly templateKey: string;
  readonly link: 'none' | 'company' | 'collaborators';
  readonly parallelParts: number;
  readonly baseUrl: URL;
  readonly uploadUrl: URL;
  readonly fetch: typeof globalThis.fetch | undefined;
  readonly retry: RetryOptions | undefined;
  readonly timeoutMs: number | undefined;
  readonly onEvent: ((event: RequestEvent) => void) | undefined;
}

const rules = {
  metadata: optionRules.oneOf(['enterprise', 'global-properties']),
  templateKey: optionRules.pattern(/^[a-zA-Z_][-\w]{0,63}$/, 'Pass letters, digits, - and _, at most 64, or leave it out for the default.'),
  link: optionRules.oneOf(['none', 'company', 'collaborators']),
  parallelParts: optionRules.wholeNumber({ most: 4 }),
};

/** Throws `ConfigurationError` when an option is missing or wrong. `auth` is looked at where it is used. */
export function parseOptions(given: BoxOptions | undefined): BoxSettings {
  const options: Partial<BoxOptions> = given ?? {};
  const { auth, folderId, metadata = 'enterprise', templateKey = 'spotDraftArchive', link = 'none', parallelParts = 3 } = options;
  const { baseUrl = 'https://api.box.com/', uploadUrl = 'https://upload.box.com/' } = options;
  if (!folderId)
    throw invalid('"folderId" (BOX_FOLDER_ID) is missing', 'Open the folder in the browser and copy the number at the end of its address.');
  if (typeof folderId !== 'string' || !/^\d+$/.test(folderId))
    throw invalid('"folderId" (BOX_FOLDER_ID) must be a number, as a text', "Copy the number at the end of the folder's address.");
  checkOptions(options, { owner: 'box', rules });
  return {
    auth,
    folderId,
    metadata,
    templateKey,
    link,
    parallelParts,
    baseUrl: parseBaseUrl(baseUrl, { provider: 'box', option: 'baseUrl' }),
    uploadUrl: parseBaseUrl(uploadUrl, { provider: 'box', option: 'uploadUrl' }),
    fetch: options.fetch,
    retry: options.retry,
    timeoutMs: options.timeoutMs,
    onEvent: options.onEvent,
  };
}

function invalid(problem: string, hint: string): ConfigurationError {
  const code = problem.endsWith('missing') ? 'config.missing_option' : 'config.invalid_option';
  return new ConfigurationError(`box: ${problem}. ${hint}`, { code, recovery: 'never', hint });
}
