// The package's exports, named one by one.

export type { ConformanceCase, Requirement } from './conformance/conformance-case.ts';
export { NotApplicable, skipReason } from './conformance/conformance-case.ts';
export type { DescribeDestinationOptions } from './conformance/describe-destination.ts';
export { describeDestination } from './conformance/describe-destination.ts';
export type { DescribeLedgerOptions } from './conformance/describe-ledger.ts';
export { describeLedger } from './conformance/describe-ledger.ts';
export type { DestinationCase } from './conformance/destination-case.ts';
export { destinationCases } from './conformance/destination-cases.ts';
export type {
  DestinationHarness,
  DestinationHarnessFactory,
  FolderPath,
  Interruption,
  InterruptionKind,
} from './conformance/destination-harness.ts';
export type { LedgerCase } from './conformance/ledger-case.ts';
export { ledgerCases } from './conformance/ledger-cases.ts';
export type { LedgerHarness, LedgerHarnessFactory } from './conformance/ledger-harness.ts';
export type { CaseResult } from './conformance/run-case.ts';
export { runCase } from './conformance/run-case.ts';
export type { SampleDocument, SampleOptions } from './conformance/sample-document.ts';
export { sampleDocument } from './conformance/sample-document.ts';
export type {
  BoxBehaviour,
  BoxBehaviourOptions,
  BoxEmulator,
  BoxEmulatorOptions,
  BoxEnterprise,
  BoxExchange,
  BoxOrigin,
  ByteRange,
  CommonEmulatorOptions,
  ContentRestriction,
  ContractKind,
  ContractStatus,
  DeliveryRule,
  DocumentSource,
  DriveBehaviour,
  DriveBehaviourOptions,
  DriveCaller,
  DriveItem,
  DrivePath,
  DriveRevision,
  DriveRole,
  DropboxBehaviour,
  DropboxBehaviourOptions,
  DropboxEmulator,
  DropboxEmulatorOptions,
  DropboxExchange,
  DropboxOrigin,
  DropboxState,
  EmulatedApp,
  EmulatedContract,
  EmulatedDrive,
  EmulatedSite,
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
  GoogleDriveEmulator,
  GoogleDriveEmulatorOptions,
  GoogleDriveOrigin,
  GraphBehaviour,
  GraphItem,
  HandlerContext,
  InjectedFault,
  MicrosoftGraphEmulator,
  MicrosoftGraphEmulatorOptions,
  MicrosoftGraphOrigin,
  NewContract,
  NewCounterparty,
  NewItem,
  NewRecipient,
  NotReady,
  NotReadyAnswer,
  ProviderReply,
  RecordedRequest,
  RefreshableClient,
  RequestHook,
  RequestLog,
  RequestMatcher,
  RequestOutcome,
  RequestPhase,
  RequestQuery,
  RoutedRequest,
  RouteHandler,
  RouteMatch,
  ServiceAccountKey,
  SlidingWindowLimiterOptions,
  SpotDraftBehaviour,
  SpotDraftBehaviourOptions,
  SpotDraftEmulator,
  SpotDraftEmulatorOptions,
  SpotDraftOrigin,
  SpotDraftWorkspace,
  WebhookDelivery,
} from './emulators.ts';
export {
  type ContractPdfOptions,
  contractPdf,
  createEmulatorClock,
  DriveAccounts,
  DriveState,
  documentOf,
  type FixtureDocument,
  type LargePdfOptions,
  largePdf,
  Router,
  type SignedWebhook,
  type SignedWebhookOptions,
  SlidingWindowLimiter,
  StoredBytes,
  sha256OfDocument,
  signatureHeader,
  signedWebhook,
  startBoxEmulator,
  startDropboxEmulator,
  startEmulator,
  startGoogleDriveEmulator,
  startMicrosoftGraphEmulator,
  startSpotDraftEmulator,
  testWebhookKey,
  type WebhookCounterparty,
  type WebhookPayload,
  webhookPayload,
} from './emulators.ts';
export type { DescribeFaultSweepOptions } from './fault-sweep/describe-fault-sweep.ts';
export { describeFaultSweep } from './fault-sweep/describe-fault-sweep.ts';
export type { FaultSweepCase } from './fault-sweep/fault-sweep-cases.ts';
export { faultSweepCases } from './fault-sweep/fault-sweep-cases.ts';
export type { FaultSweepHarness, FaultSweepHarnessFactory, FaultSweepOptions } from './fault-sweep/fault-sweep-harness.ts';
export { memoryCapabilities } from './memory-destination/memory-capabilities.ts';
export type { MemoryBehaviour } from './memory-destination/memory-context.ts';
export type { MemoryDestination, MemoryDestinationOptions } from './memory-destination/memory-destination.ts';
export { memoryDestination } from './memory-destination/memory-destination.ts';
export type { MemoryFault, MemoryFaults } from './memory-destination/memory-faults.ts';
export type { MemoryFile, MemorySession } from './memory-destination/memory-store.ts';
export { MemoryStore } from './memory-destination/memory-store.ts';
export { type MicrosoftGraphHarnessOptions, microsoftGraphHarness } from './microsoft-graph/microsoft-graph-harness.ts';
