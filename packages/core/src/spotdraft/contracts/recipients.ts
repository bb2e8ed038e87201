import { z } from 'zod';
import { parseContractId } from '../../contract/contract-id.ts';
import { flag, moment, number, object, rowsIn, text } from '../answer-fields.ts';
import type { Requester, RequestOptions } from '../http/requester.ts';
import { type WithRaw, withRaw } from '../with-raw.ts';

/** Somebody who has to sign, approve or receive a contract, and what became of it. */
export interface Recipient {
  readonly id?: string | undefined;
  /** `SIGNATORY`, `APPROVER`, `RECEIVER`, or a word that SpotDraft adds one day. */
  readonly type?: string | undefined;
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  readonly designation?: string | undefined;
  readonly title?: string | undefined;
  /** From 1, in the order in which the contract is sent. */
  readonly order?: number | undefined;
  readonly isSentForSignature?: boolean | undefined;
  readonly lastSentAt?: Date | undefined;
  /** `PENDING`, `IN_PROGRESS`, `COMPLETED`, or a word that SpotDraft adds one day. */
  readonly status?: string | undefined;
  /** When a signatory signed; absent for everybody else, and while nothing was signed. */
  readonly signedAt?: Date | undefined;
  /** Absent while nothing was done. */
  readonly action?: RecipientAction | undefined;
}

export interface RecipientAction {
  /** False: declined. */
  readonly isSuccess: boolean;
  readonly actedAt?: Date | undefined;
  readonly notes?: string | undefined;
}

const fields = z.looseObject({ recipient: object, recipient_action: object, status: text });
const recipientFields = z.looseObject({
  id: text,
  recipient_type: text,
  user: object,
  title: text,
  recipient_order: number,
  is_sent_for_signature: flag,
  last_sent_for_signature_at: moment,
});
const userFields = z.looseObject({ name: text, email: text, designation: text });
const actionFields = z.looseObject({ is_success: flag, timestamp: moment, action_notes: text });

export async function getRecipients(
  requester: Requester,
  contractId: string,
  { signal }: RequestOptions = {},
): Promise<readonly WithRaw<Recipient>[]> {
  const { text: id } = parseContractId(contractId);
  return requester.json({ method: 'GET', path: `/contracts/${id}/recipients/`, signal }, (answer) => rowsIn(answer).map(readRecipient));
}

function readRecipient(raw: unknown): WithRaw<Recipient> {
  const { recipient, recipient_action: action, status } = fields.parse(raw);
  const about = recipientFields.parse(recipient ?? {});
  const { name, email, designation } = userFields.parse(about.user ?? {});
  const done = action && readAction(action);
  const result = {
    id: about.id,
    type: about.recipient_type,
    name,
    email,
    designation,
    title: about.title,
    order: about.recipient_order,
    isSentForSignature: about.is_sent_for_signature,
    lastSentAt: about.last_sent_for_signature_at,
    status,
    signedAt: about.recipient_type === 'SIGNATORY' && done?.isSuccess ? done.actedAt : undefined,
    action: done,
  };
  return withRaw(result, raw);
}

function readAction(raw: unknown): RecipientAction {
  const { is_success: isSuccess = false, timestamp: actedAt, action_notes: notes } = actionFields.parse(raw);
  return { isSuccess, actedAt, notes };
}
