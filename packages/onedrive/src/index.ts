export type {
  ClientCertificate,
  ClientSecret,
  GraphAuth,
  GraphClient,
  GraphEndpoints,
  MsalApplication,
  NationalCloud,
  RefreshTokenGrant,
  TokenCredential,
} from '@spotdraft-archive/microsoft-graph';
export { oneDrive } from './onedrive.ts';
export type { DriveChoice, OneDriveOptions } from './options.ts';
