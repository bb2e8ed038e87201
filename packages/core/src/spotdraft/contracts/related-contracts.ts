import { z } from 'zod';
import { id, text, texts } from '../answer-fields.ts';
import type { Requester } from '../http/requester.ts';
import { type ListOptions, listPages } from '../list-pages.ts';
import { type WithRaw, withRaw } from '../with-raw.ts';
import { contractNumber } from './contract-number.ts';

/** A contract that another one belongs together with. */
export interface RelatedContract {
  /** Of the relation, not of the contract. */
  readonly relationId: string;
  /** `CHILD`, `PARENT`, `ADDENDUM`, `AMENDMENT`, or a word that SpotDraft adds one day. */
  readonly relation?: string | undefined;
  /** The number of the contract's id; SpotDraft does not say with which prefix. */
  readonly numericId: number;
  readonly title: string;
  readonly status?: string | undefined;
  readonly counterparties: readonly string[];
}

const fields = z.looseObject({
  id,
  relation_type: text,
  contract: z.looseObject({ id: z.coerce.number().int(), name: text, display_status: text, counter_party_list: texts }),
});

/** The contracts related with a `T` contract that the caller may see. */
export async function* listRelatedContracts(
  requester: Requester,
  contractId: string,
  options: ListOptions = {},
): AsyncGenerator<WithRaw<RelatedContract>, void, undefined> {
  const path = `/contracts/${contractNumber(contractId)}/related_contracts/` as const;
  yield* listPages(requester, { ...options, path, readRow: readRelated, identityOf: ({ relationId }) => relationId });
}

function readRelated(raw: unknown): WithRaw<RelatedContract> {
  const { id: relationId, relation_type: relation, contract } = fields.parse(raw);
  const { id: numericId, name: title = '', display_status: status, counter_party_list: counterparties } = contract;
  return withRaw({ relationId, relation, numericId, title, status, counterparties }, raw);
}
