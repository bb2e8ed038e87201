export { archiveContract } from './archive/archive-contract.ts';
export type { ArchiveOptions, Destinations, DocumentChoice, Route, VersionPlacement } from './archive/archive-options.ts';
export type { ArchiveResult, DocumentResult } from './archive/archive-result.ts';
export type { ContractToArchive } from './archive/confirm-contract.ts';
export type { DescribeOptions } from './archive/describe-contract.ts';
export { describeContract } from './archive/describe-contract.ts';
export type { DocumentKeyParts } from './archive/document-key.ts';
export { documentKey } from './archive/document-key.ts';
export type { Readiness } from './archive/read-document.ts';
export type { ContractFacts, ExternalMetadata, Person } from './contract/contract-facts.ts';
export type { ContractId } from './contract/contract-id.ts';
export { isContractId, parseContractId } from './contract/contract-id.ts';
export type { KeyPointer } from './contract/key-pointer.ts';
export type { ContractHint, ContractReference, ResolveContractIdOptions } from './contract/resolve-contract-id.ts';
export { resolveContractId } from './contract/resolve-contract-id.ts';
export type { ResolvedContract } from './contract/resolved-contract.ts';
export type { StorageDestination } from './destination/storage-destination.ts';
export { ArchiveError } from './errors/archive-error.ts';
export type { ConfigurationErrorCode } from './errors/configuration-error.ts';
export { ConfigurationError } from './errors/configuration-error.ts';
export type { DestinationErrorCode } from './errors/destination-error.ts';
export { DestinationError } from './errors/destination-error.ts';
export type { IntegrityErrorCode } from './errors/integrity-error.ts';
export { IntegrityError } from './errors/integrity-error.ts';
export type { LedgerErrorCode } from './errors/ledger-error.ts';
export { LedgerError } from './errors/ledger-error.ts';
export type { SpotDraftErrorCode } from './errors/spotdraft-error.ts';
export { SpotDraftError } from './errors/spotdraft-error.ts';
export type { WebhookErrorCode } from './errors/webhook-error.ts';
export { WebhookError } from './errors/webhook-error.ts';
export type { ArchiveEvent } from './events/archive-event.ts';
export type { Logger } from './events/logger.ts';
export type { ReceiptReference } from './events/receipt-reference.ts';
export type { Span, Tracer } from './events/tracer.ts';
export type { Attempt, AttemptFailure, Intent, Ledger, LedgerEntry, LedgerRecord } from './ledger/ledger.ts';
export { memoryLedger } from './ledger/memory-ledger.ts';
export type { DocumentKind, Receipt, ReceiptOutcome } from './ledger/receipt.ts';
export type { LayoutOptions } from './naming/define-layout.ts';
export { defineLayout } from './naming/define-layout.ts';
export type { ContractFact, FieldPart, Layout, LayoutPart, OptionalPart, TextPart } from './naming/layout.ts';
export type { LayoutField } from './naming/layout-fields.ts';
export { layouts } from './naming/layouts.ts';
export { metadataText } from './naming/metadata-text.ts';
export type { NameDocumentOptions } from './naming/name-document.ts';
export { nameDocument } from './naming/name-document.ts';
export type { SpotDraftRegion } from './spotdraft/api-address.ts';
export type { SpotDraftClient } from './spotdraft/client.ts';
export { createSpotDraftClient } from './spotdraft/client.ts';
export type { SpotDraftClientOptions } from './spotdraft/client-options.ts';
export type { Comment, CommentReply } from './spotdraft/contracts/comments.ts';
export type { ContentSegment, ContractContent, GetContentOptions } from './spotdraft/contracts/contract-content.ts';
export type { ContractFilters } from './spotdraft/contracts/contract-filters.ts';
export type { KeyPointerValue } from './spotdraft/contracts/contract-key-pointers.ts';
export type { ContractRow } from './spotdraft/contracts/contract-row.ts';
export type { ContractStatus } from './spotdraft/contracts/contract-status.ts';
export type { Contracts } from './spotdraft/contracts/contracts.ts';
export type { ListContractsOptions } from './spotdraft/contracts/list-contracts.ts';
export type { Note } from './spotdraft/contracts/notes.ts';
export type { ProcessMetrics, Signature } from './spotdraft/contracts/process-metrics.ts';
export type { Recipient, RecipientAction } from './spotdraft/contracts/recipients.ts';
export type { RelatedContract } from './spotdraft/contracts/related-contracts.ts';
export type { ContractType } from './spotdraft/directory/contract-types.ts';
export type { Counterparty, ListCounterpartiesOptions } from './spotdraft/directory/counterparties.ts';
export type { Entity } from './spotdraft/directory/entities.ts';
export type { KeyPointerDefinition, KeyPointerPart, ListKeyPointersOptions } from './spotdraft/directory/key-pointer-definitions.ts';
export type { DownloadDocxOptions } from './spotdraft/documents/download-document.ts';
export type { DocumentFormat, DownloadLink, GetDownloadLinkOptions } from './spotdraft/documents/download-link.ts';
export type { StorageChecksums } from './spotdraft/documents/storage-checksums.ts';
export type { RequestBudget } from './spotdraft/http/budgeted-pace.ts';
export type { RequestOptions } from './spotdraft/http/requester.ts';
export type { RetrySettings } from './spotdraft/http/retry-policy.ts';
export type { ListOptions } from './spotdraft/list-pages.ts';
export type { OpenedDocument } from './spotdraft/opened-document.ts';
export type { RequestAnswered, RequestRepeated, SpotDraftEvent } from './spotdraft/spotdraft-event.ts';
export type { NewWebhook, WebhookSubscription } from './spotdraft/webhooks/webhook-subscriptions.ts';
export type { WithRaw } from './spotdraft/with-raw.ts';
export type {
  ContractChangeEvent,
  ContractEmailEvent,
  ContractEvent,
  ContractSentEvent,
  CounterpartyEvent,
  EmailProviderEvent,
  EventContract,
  EventCounterparty,
  EventEntity,
  EventFacts,
  SignatureNotificationEvent,
  UnknownEvent,
  VerifiedContractEvent,
} from './webhook/contract-event.ts';
export type { WebhookHandler } from './webhook/create-webhook-handler.ts';
export { createWebhookHandler } from './webhook/create-webhook-handler.ts';
export type { FrameworkRequest } from './webhook/node-request-body.ts';
export { parseContractEvent } from './webhook/parse-contract-event.ts';
export type { SignWebhookOptions } from './webhook/sign-webhook.ts';
export { signWebhook } from './webhook/sign-webhook.ts';
export type { WebhookScheme, WebhookSignature } from './webhook/signature-header.ts';
export { legacyWebhookSignatureHeader, webhookSignatureHeader } from './webhook/signature-header.ts';
export type { WebhookKeys } from './webhook/signing-key.ts';
export type { NodeHandler } from './webhook/to-node-handler.ts';
export { toNodeHandler } from './webhook/to-node-handler.ts';
export type { VerifyWebhookOptions } from './webhook/verify-webhook.ts';
export { verifyWebhook } from './webhook/verify-webhook.ts';
export type { ContractChangeActivity, ContractEmailActivity, CounterpartyActivity, WebhookActivity } from './webhook/webhook-activities.ts';
export { webhookActivities } from './webhook/webhook-activities.ts';
export type { LambdaBody, WebhookBody } from './webhook/webhook-body.ts';
export type { WebhookHandlerOptions } from './webhook/webhook-handler-options.ts';
export type { WebhookRefusal } from './webhook/webhook-refusal.ts';
