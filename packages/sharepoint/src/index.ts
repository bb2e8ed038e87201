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
export type { SharePointOptions } from './options.ts';
export { sharePoint } from './sharepoint.ts';
