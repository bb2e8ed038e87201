export type { DropboxAuthClient, DropboxClient, DropboxRefreshGrant } from './auth.ts';
export { dropboxContentHash } from './content-hash.ts';
export { dropbox } from './dropbox.ts';
export type { DropboxOptions } from './options.ts';
