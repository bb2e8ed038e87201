import { z } from 'zod';
import { parseContractId } from '../../contract/contract-id.ts';
import { text } from '../answer-fields.ts';
import type { Requester, RequestOptions } from '../http/requester.ts';
import { type WithRaw, withRaw } from '../with-raw.ts';

/** Where a contract stands now. */
export interface ContractStatus {
  /** `DRAFT`, `REDLINING`, `SIGN`, `EXECUTED`, `ON_HOLD`, `VOIDED`, or a word that SpotDraft adds one day. */
  readonly status: string;
  readonly title: string;
}

const fields = z.looseObject({ contract_status: z.string(), contract_name: text });

export async function getContractStatus(
  requester: Requester,
  contractId: string,
  { signal }: RequestOptions = {},
): Promise<WithRaw<ContractStatus>> {
  const { text: id } = parseContractId(contractId);
  return requester.json({ method: 'GET', path: `/contracts/${id}/status`, signal }, (answer) => {
    const { contract_status: status, contract_name: title = '' } = fields.parse(answer);
    return withRaw({ status, title }, answer);
  });
}
