// Internal: for the SharePoint and OneDrive destinations only.

export type { Call, DriveApi } from './api.ts';
export type { GraphAuth } from './auth.ts';
export { columnLimits, commonCapabilities, pathLengthBelow } from './capabilities.ts';
export type { CheckOptions } from './check-steps.ts';
export { folderStep, permissionStep } from './check-steps.ts';
export type { GraphClient, MsalApplication, TokenCredential } from './client-auth.ts';
export type { GraphEndpoints, NationalCloud } from './clouds.ts';
export type { ColumnCarrier, ColumnCarrierOptions } from './column-carrier.ts';
export { columnCarrier } from './column-carrier.ts';
export type { SealCall } from './context.ts';
export type { DriveItem } from './drive-item.ts';
export type { DriveRoot } from './drive-root.ts';
export { addressOfId, foldersIn } from './drive-root.ts';
export { errorTable } from './errors.ts';
export type { ClientCertificate, ClientSecret, RefreshTokenGrant } from './grants.ts';
export type { GraphDestinationOptions } from './graph-destination.ts';
export { connectDrive, graphDestination } from './graph-destination.ts';
export type { GraphOptions, GraphSettings, OptionSource } from './options.ts';
export { folderPath, invalidOption, parseGraphOptions } from './options.ts';
export { quickXorHash } from './quick-xor-hash.ts';
export { sidecarCarrier, sidecarEnding } from './sidecar-carrier.ts';
