/** A webhook that an integration has created. */
export interface WebhookSubscription {
  readonly id: number;
  readonly title: string;
  readonly url: string;
  readonly description: string | undefined;
  readonly activities: readonly string[];
  readonly customHeaders: Readonly<Record<string, string>>;
  status: 'ACTIVE' | 'DISABLED_BY_USER' | 'DISABLED_BY_ERROR';
  failures: number;
}

/** Every activity a webhook can be created for. */
export const activities: readonly string[] = [
  ...prefixed('CONTRACT', [
    'ACTIVITY_LOG_COMMENT_CREATED',
    'APPROVAL_COMPLETED',
    'APPROVAL_REQUESTED',
    'CREATED',
    'DATA_UPDATED',
    'DELETED',
    'ENTITY_UPDATED',
    'EXECUTED',
    'EXTERNAL_METADATA_CREATED',
    'EXTERNAL_METADATA_UPDATED',
    'KEY_POINTER_CREATION',
    'KEY_POINTER_UPDATION',
    'MARK_FOR_EXECUTION',
    'PROCESS_METRIC_UPDATED',
    'SENT_TO_COUNTERPARTY',
    'SIGNATURE_DECLINED',
    'SIGNATURE_REQUESTED',
    'SIGNATURE_REQUESTED_NOTIFICATION_SENT',
    'SIGNED',
    'UNMARK_FOR_EXECUTION',
    'VERSION_UPLOADED',
    'VOIDED',
  ]),
  ...prefixed('REDLINING_EMAIL', ['DELIVERED', 'LINK_CLICKED', 'NOT_DELIVERED', 'OPENED']),
  ...prefixed('SIGNING_EMAIL', ['DELIVERED', 'LINK_CLICKED', 'NOT_DELIVERED', 'OPENED']),
  ...prefixed('COUNTER_PARTY', ['CREATED', 'UPDATED', 'CONTACT_CREATED', 'CONTACT_UPDATED', 'ADDRESS_CREATED', 'ADDRESS_UPDATED']),
  'POSTMARK_EMAIL_EVENT',
];

function prefixed(prefix: string, names: readonly string[]): readonly string[] {
  return names.map((name) => `${prefix}_${name}`);
}
