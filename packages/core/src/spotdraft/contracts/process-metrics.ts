import { z } from 'zod';
import { flag, moment, rowsIn, text } from '../answer-fields.ts';
import type { Requester, RequestOptions } from '../http/requester.ts';
import { type WithRaw, withRaw } from '../with-raw.ts';
import { contractNumber } from './contract-number.ts';

/** When a contract passed the stations of its way. */
export interface ProcessMetrics {
  /** SpotDraft's best answer to when the contract was executed. */
  readonly executedAt?: Date | undefined;
  readonly sentToCounterpartyAt?: Date | undefined;
  readonly markedForSignatureAt?: Date | undefined;
  readonly signatures: readonly Signature[];
  /** How the contract came to be, such as `UPLOAD_SIGN`. */
  readonly workflow?: string | undefined;
  /** Another vocabulary than `contracts.status`, such as `COMPLETED`: do not compare them. */
  readonly processStatus?: string | undefined;
}

export interface Signature {
  readonly email?: string | undefined;
  readonly signedAt?: Date | undefined;
  readonly isCreatorParty?: boolean | undefined;
}

const fields = z.looseObject({
  contract_executed_datetime: moment,
  contract_sent_to_cp_datetime: moment,
  marked_for_signature_datetime: moment,
  contract_signed_by_signatory_list: z.unknown().optional(),
  type_of_workflow: text,
  contract_status: text,
});
const signatureFields = z.looseObject({ signatory_email: text, signed_datetime: moment, is_creator_party: flag });

/** For `T` contracts only. */
export async function getProcessMetrics(
  requester: Requester,
  contractId: string,
  { signal }: RequestOptions = {},
): Promise<WithRaw<ProcessMetrics>> {
  const path = `/contracts/${contractNumber(contractId)}/process_metrics/` as const;
  return requester.json({ method: 'GET', path, signal }, (answer) => {
    const metrics = fields.parse(answer);
    const result = {
      executedAt: metrics.contract_executed_datetime,
      sentToCounterpartyAt: metrics.contract_sent_to_cp_datetime,
      markedForSignatureAt: metrics.marked_for_signature_datetime,
      signatures: rowsIn(metrics.contract_signed_by_signatory_list).map(readSignature),
      workflow: metrics.type_of_workflow,
      processStatus: metrics.contract_status,
    };
    return withRaw(result, answer);
  });
}

function readSignature(raw: unknown): WithRaw<Signature> {
  const { signatory_email: email, signed_datetime: signedAt, is_creator_party: isCreatorParty } = signatureFields.parse(raw);
  return withRaw({ email, signedAt, isCreatorParty }, raw);
}
