import {
  type DestinationAnswer,
  type DestinationRequest,
  type DestinationRequester,
  type DownloadAnswer,
  jsonBody,
  type RequestBody,
} from '@spotdraft-archive/core/destination';
import type { DropboxSettings } from './options.ts';

export interface CallSignal {
  readonly signal: AbortSignal | undefined;
}

/** One call of a route, such as `files/upload`. */
export interface RouteCall extends CallSignal {
  /** Completes "could not …" in messages. */
  readonly operation: string;
  readonly route: string;
  readonly argument: unknown;
  /** Refusals to hand back, by their reason, rather than to throw. */
  readonly refusals?: RegExp | undefined;
  /** @default 'safe' */
  readonly repeat?: DestinationRequest['repeat'] | undefined;
  /**
   * Routes for the `team` itself take no member and no path root. Those for a `member` refuse admins as such, who then act as the member that they are.
   *
   * @default 'anyone'
   */
  readonly caller?: 'anyone' | 'member' | 'team' | undefined;
}

/** Dropbox's three styles of calls. https://www.dropbox.com/developers/documentation/http/documentation#formats */
export interface Transport {
  /** Argument and answer are JSON bodies. */
  rpc(call: RouteCall): Promise<DestinationAnswer>;
  /** The argument is a header, the body bytes. */
  upload(call: RouteCall, body: RequestBody): Promise<DestinationAnswer>;
  /** The argument is a header, the answer bytes from `offset` on. */
  download(call: RouteCall, offset: number): Promise<DownloadAnswer>;
}

export function createTransport(requester: DestinationRequester, settings: DropboxSettings): Transport {
  const { apiUrl, contentUrl } = settings;
  const userHeaders = { ...settings.memberHeaders, ...settings.pathHeaders };
  const { 'dropbox-api-select-admin': admin, ...others } = userHeaders;
  const callers = {
    anyone: userHeaders,
    member: admin === undefined ? others : { ...others, 'dropbox-api-select-user': admin },
    team: {},
  };

  function send(
    { operation, refusals, repeat = 'safe', signal }: RouteCall,
    request: Pick<DestinationRequest, 'url' | 'headers' | 'body'>,
  ) {
    const expect = refusals === undefined ? [200] : [200, { status: 409, reason: refusals }];
    return requester.request({ operation, method: 'POST', ...request, expect, repeat, signal });
  }

  return {
    rpc(call) {
      const headers = callers[call.caller ?? 'anyone'];
      return send(call, {
        url: new URL(`2/${call.route}`, apiUrl),
        headers,
        ...(call.argument !== null && { body: jsonBody(call.argument) }),
      });
    },
    upload(call, body) {
      const headers = { ...userHeaders, 'dropbox-api-arg': headerSafe(call.argument) };
      const bytes = { ...body, mediaType: 'application/octet-stream' };
      return send(call, { url: new URL(`2/${call.route}`, contentUrl), headers, body: bytes });
    },
    download({ operation, route, argument, signal }, offset) {
      const range = offset === 0 ? {} : { range: `bytes=${offset}-` };
      const headers = { ...userHeaders, 'dropbox-api-arg': headerSafe(argument), ...range };
      return requester.download({ operation, url: new URL(`2/${route}`, contentUrl), headers, expect: [offset === 0 ? 200 : 206], signal });
    },
  };
}

/** JSON for a header: Dropbox wants everything from U+007F on as an escape. */
export function headerSafe(value: unknown): string {
  return JSON.stringify(value).replaceAll(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
