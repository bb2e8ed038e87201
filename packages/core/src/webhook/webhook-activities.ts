/** Activities of a contract that carry nothing beyond the contract itself, who acted and when. */
export type ContractChangeActivity =
  | 'CONTRACT_CREATED'
  | 'CONTRACT_DATA_UPDATED'
  | 'CONTRACT_VERSION_UPLOADED'
  | 'CONTRACT_APPROVAL_REQUESTED'
  | 'CONTRACT_APPROVAL_COMPLETED'
  | 'CONTRACT_MARK_FOR_EXECUTION'
  | 'CONTRACT_UNMARK_FOR_EXECUTION'
  | 'CONTRACT_SIGNATURE_REQUESTED'
  | 'CONTRACT_SIGNED'
  | 'CONTRACT_SIGNATURE_DECLINED'
  | 'CONTRACT_EXECUTED'
  | 'CONTRACT_VOIDED'
  | 'CONTRACT_DELETED'
  | 'CONTRACT_KEY_POINTER_CREATION'
  | 'CONTRACT_KEY_POINTER_UPDATION'
  | 'CONTRACT_PROCESS_METRIC_UPDATED'
  | 'CONTRACT_EXTERNAL_METADATA_CREATED'
  | 'CONTRACT_EXTERNAL_METADATA_UPDATED'
  | 'CONTRACT_ENTITY_UPDATED'
  | 'CONTRACT_ACTIVITY_LOG_COMMENT_CREATED';

/** What happened to an e-mail about a contract. */
export type ContractEmailActivity = `${'REDLINING' | 'SIGNING'}_EMAIL_${'DELIVERED' | 'OPENED' | 'NOT_DELIVERED' | 'LINK_CLICKED'}`;

/** Changes to a counterparty. SpotDraft documents no payload for them. */
export type CounterpartyActivity = `COUNTER_PARTY${'' | '_CONTACT' | '_ADDRESS'}_${'CREATED' | 'UPDATED'}`;

/** Every activity that this version knows, as SpotDraft spells it. */
export type WebhookActivity =
  | ContractChangeActivity
  | ContractEmailActivity
  | CounterpartyActivity
  | 'CONTRACT_SENT_TO_COUNTERPARTY'
  | 'CONTRACT_SIGNATURE_REQUESTED_NOTIFICATION_SENT'
  | 'POSTMARK_EMAIL_EVENT';

// A record and not a list, so that the compiler finds an activity that is missing here.
const shapes: Readonly<Record<WebhookActivity, WebhookShape>> = {
  CONTRACT_CREATED: 'change',
  CONTRACT_DATA_UPDATED: 'change',
  CONTRACT_VERSION_UPLOADED: 'change',
  CONTRACT_APPROVAL_REQUESTED: 'change',
  CONTRACT_APPROVAL_COMPLETED: 'change',
  CONTRACT_SENT_TO_COUNTERPARTY: 'sent',
  CONTRACT_MARK_FOR_EXECUTION: 'change',
  CONTRACT_UNMARK_FOR_EXECUTION: 'change',
  CONTRACT_SIGNATURE_REQUESTED: 'change',
  CONTRACT_SIGNATURE_REQUESTED_NOTIFICATION_SENT: 'signatory',
  CONTRACT_SIGNED: 'change',
  CONTRACT_SIGNATURE_DECLINED: 'change',
  CONTRACT_EXECUTED: 'change',
  CONTRACT_VOIDED: 'change',
  CONTRACT_DELETED: 'change',
  CONTRACT_KEY_POINTER_CREATION: 'change',
  CONTRACT_KEY_POINTER_UPDATION: 'change',
  CONTRACT_PROCESS_METRIC_UPDATED: 'change',
  CONTRACT_EXTERNAL_METADATA_CREATED: 'change',
  CONTRACT_EXTERNAL_METADATA_UPDATED: 'change',
  CONTRACT_ENTITY_UPDATED: 'change',
  CONTRACT_ACTIVITY_LOG_COMMENT_CREATED: 'change',
  REDLINING_EMAIL_DELIVERED: 'email',
  REDLINING_EMAIL_OPENED: 'email',
  REDLINING_EMAIL_NOT_DELIVERED: 'email',
  REDLINING_EMAIL_LINK_CLICKED: 'email',
  SIGNING_EMAIL_DELIVERED: 'email',
  SIGNING_EMAIL_OPENED: 'email',
  SIGNING_EMAIL_NOT_DELIVERED: 'email',
  SIGNING_EMAIL_LINK_CLICKED: 'email',
  COUNTER_PARTY_CREATED: 'counterparty',
  COUNTER_PARTY_UPDATED: 'counterparty',
  COUNTER_PARTY_CONTACT_CREATED: 'counterparty',
  COUNTER_PARTY_CONTACT_UPDATED: 'counterparty',
  COUNTER_PARTY_ADDRESS_CREATED: 'counterparty',
  COUNTER_PARTY_ADDRESS_UPDATED: 'counterparty',
  POSTMARK_EMAIL_EVENT: 'email-provider',
};

/** Which further fields an event has. */
export type WebhookShape = 'change' | 'sent' | 'signatory' | 'email' | 'counterparty' | 'email-provider';

/** Every activity that this version knows: what can be named when a webhook is created. */
export const webhookActivities: readonly WebhookActivity[] = Object.freeze(Object.keys(shapes) as WebhookActivity[]);

/** The shape of a known activity's event, or undefined for an activity that this version does not know. */
export function shapeOfActivity(activity: string): WebhookShape | undefined {
  return Object.hasOwn(shapes, activity) ? shapes[activity as WebhookActivity] : undefined;
}
