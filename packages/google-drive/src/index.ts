export type { GoogleDriveAuth, ServiceAccount } from './auth.ts';
export type { GoogleAuthClient, GoogleClient, GoogleDriveService } from './google-client.ts';
export { googleDrive } from './google-drive.ts';
export type { GoogleDriveOptions, ReadOnlyOptions } from './options.ts';
