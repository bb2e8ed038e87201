export { ArchiveError } from './errors/archive-error.ts';
export type { ConfigurationErrorCode } from './errors/configuration-error.ts';
export { ConfigurationError } from './errors/configuration-error.ts';
export type { LedgerErrorCode } from './errors/ledger-error.ts';
export { LedgerError } from './errors/ledger-error.ts';
export type { WebhookErrorCode } from './errors/webhook-error.ts';
export { WebhookError } from './errors/webhook-error.ts';
export type { Attempt, AttemptFailure, Intent, Ledger, LedgerEntry, LedgerRecord } from './ledger/ledger.ts';
export { memoryLedger } from './ledger/memory-ledger.ts';
export type { DocumentKind, Receipt, ReceiptOutcome } from './ledger/receipt.ts';
export type { LayoutOptions } from './naming/define-layout.ts';
export { defineLayout } from './naming/define-layout.ts';
export type { ContractFact, FieldPart, Layout, LayoutPart, OptionalPart, TextPart } from './naming/layout.ts';
export type { LayoutField } from './naming/layout-fields.ts';
export { layouts } from './naming/layouts.ts';
export type { NameDocumentOptions } from './naming/name-document.ts';
export { nameDocument } from './naming/name-document.ts';
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
