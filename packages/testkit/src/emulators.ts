// Emulators and fixtures alone: this entry does not load vitest.

export type { BoxExchange, BoxOrigin } from './box/api/box-call.ts';
export type { BoxBehaviour } from './box/box-behaviour.ts';
export type { BoxEnterprise } from './box/box-enterprise.ts';
export { type BoxBehaviourOptions, type BoxEmulator, type BoxEmulatorOptions, startBoxEmulator } from './box/start-box-emulator.ts';
export type { DropboxExchange, DropboxOrigin } from './dropbox/api/create-api.ts';
export type { DropboxBehaviour } from './dropbox/dropbox-behaviour.ts';
export {
  type DropboxBehaviourOptions,
  type DropboxEmulator,
  type DropboxEmulatorOptions,
  startDropboxEmulator,
} from './dropbox/start-dropbox-emulator.ts';
export type { DropboxState } from './dropbox/state/dropbox-state.ts';
export type {
  ByteRange,
  CommonEmulatorOptions,
  Emulator,
  EmulatorClock,
  EmulatorClockOptions,
  EmulatorHandler,
  EmulatorOptions,
  Fault,
  FaultAction,
  FaultKind,
  FaultPlan,
  FaultReply,
  HandlerContext,
  InjectedFault,
  ProviderReply,
  RecordedRequest,
  RequestHook,
  RequestLog,
  RequestMatcher,
  RequestOutcome,
  RequestPhase,
  RequestQuery,
  RoutedRequest,
  RouteHandler,
  RouteMatch,
  SlidingWindowLimiterOptions,
} from './emulator/index.ts';
export { createEmulatorClock, Router, SlidingWindowLimiter, StoredBytes, startEmulator } from './emulator/index.ts';
export { type ContractPdfOptions, contractPdf } from './fixtures/contract-pdf.ts';
export { documentOf, type FixtureDocument, sha256OfDocument } from './fixtures/fixture-document.ts';
export { type LargePdfOptions, largePdf } from './fixtures/large-pdf.ts';
export {
  type SignedWebhook,
  type SignedWebhookOptions,
  signatureHeader,
  signedWebhook,
  testWebhookKey,
} from './fixtures/signed-webhook.ts';
export { type WebhookCounterparty, type WebhookPayload, webhookPayload } from './fixtures/webhook-payload.ts';
export type { DriveBehaviour } from './google-drive/drive-behaviour.ts';
export {
  type DriveBehaviourOptions,
  type GoogleDriveEmulator,
  type GoogleDriveEmulatorOptions,
  type GoogleDriveOrigin,
  startGoogleDriveEmulator,
} from './google-drive/start-google-drive-emulator.ts';
export type { DriveCaller, RefreshableClient, ServiceAccountKey } from './google-drive/state/drive-accounts.ts';
export { DriveAccounts } from './google-drive/state/drive-accounts.ts';
export type { ContentRestriction, DriveItem, DriveRevision, DriveRole } from './google-drive/state/drive-item.ts';
export type { DrivePath, NewItem } from './google-drive/state/drive-state.ts';
export { DriveState } from './google-drive/state/drive-state.ts';
export type { GraphBehaviour } from './microsoft-graph/graph-behaviour.ts';
export {
  type MicrosoftGraphEmulator,
  type MicrosoftGraphEmulatorOptions,
  type MicrosoftGraphOrigin,
  startMicrosoftGraphEmulator,
} from './microsoft-graph/start-microsoft-graph-emulator.ts';
export type { EmulatedApp } from './microsoft-graph/state/directory.ts';
export type { EmulatedDrive } from './microsoft-graph/state/emulated-drive.ts';
export type { GraphItem } from './microsoft-graph/state/graph-item.ts';
export type { EmulatedSite } from './microsoft-graph/state/graph-state.ts';
export type { DocumentSource } from './spotdraft/documents/document-source.ts';
export type { SpotDraftBehaviour } from './spotdraft/spotdraft-behaviour.ts';
export {
  type SpotDraftBehaviourOptions,
  type SpotDraftEmulator,
  type SpotDraftEmulatorOptions,
  type SpotDraftOrigin,
  startSpotDraftEmulator,
} from './spotdraft/start-spotdraft-emulator.ts';
export type { DeliveryRule, WebhookDelivery } from './spotdraft/webhooks/webhook-delivery.ts';
export type { ContractKind, ContractStatus, EmulatedContract, NotReadyAnswer } from './spotdraft/workspace/contract.ts';
export type { NewContract, NewCounterparty, NewRecipient, NotReady } from './spotdraft/workspace/new-contract.ts';
export type { Workspace as SpotDraftWorkspace } from './spotdraft/workspace/workspace.ts';
