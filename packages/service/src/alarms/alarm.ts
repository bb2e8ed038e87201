/**
 * What needs a person:
 *
 * - `contract overdue`: an executed contract is not archived after `overdueMs`.
 * - `webhooks silent`: none has come for `silentMs`, while repair found contracts that they should have told of.
 * - `parked`: a destination, or SpotDraft, waits for a person.
 * - `dead letters`: contracts were given up.
 * - `copies`: copies are altered, doubled, or gone for good.
 */
export type AlarmKind = 'contract overdue' | 'webhooks silent' | 'parked' | 'dead letters' | 'copies';

/** One thing that needs a person. Holds ids, codes and counts; nothing about what is in contracts. */
export interface Alarm {
  /** Names it among others: its kind, and for `parked` the destination. */
  readonly name: string;
  readonly kind: AlarmKind;
  /** For a person: what is the matter. */
  readonly message: string;
  /** What to do about it. */
  readonly hint: string;
  readonly details: Readonly<Record<string, string | number>>;
}

/** An alarm that begins or ends. */
export interface AlarmEvent extends Alarm {
  readonly type: 'raised' | 'cleared';
  readonly raisedAt: Date;
}
