/** What errors and events tell about a request. */
export interface RequestLabel {
  readonly method: string;
  /** Without host, query and credentials; absent for a download link, which is a secret as a whole. */
  readonly path: string | undefined;
  readonly host: string;
  /** Counts the tries of this request, from 1. */
  readonly attempt: number;
  /** False when a second request could do a second time what the first one did. */
  readonly isRepeatable: boolean;
}

/** Says who was asked. */
export function peerOf({ path }: RequestLabel): string {
  return path === undefined ? "SpotDraft's file storage" : 'SpotDraft';
}

/** Names the request in an error's message. */
export function nameOf({ method, path }: RequestLabel): string {
  return path === undefined ? 'a download link' : `${method} ${path}`;
}
