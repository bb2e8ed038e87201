import { z } from 'zod';
import type { ExternalMetadata, Person } from '../../contract/contract-facts.ts';
import { readContractId } from '../../contract/contract-id.ts';
import { moment, object, text } from '../answer-fields.ts';
import { type WithRaw, withRaw } from '../with-raw.ts';
import { readExternalMetadata } from './external-metadata.ts';

/** A contract as SpotDraft's lists show it. There is no execution date in it, no kind and no version. */
export interface ContractRow {
  /**
   * Composite id, such as `T-19589`. Absent when the list gave the number alone, which `T-19589` and `H-19589` share: pass the row to
   * `resolveContractId` then.
   */
  readonly contractId: string | undefined;
  readonly numericId: number;
  readonly title: string;
  /** SpotDraft's word, such as `EXECUTED`. */
  readonly status: string;
  /** The reference people use, such as `SD-1234`. */
  readonly referenceId?: string | undefined;
  readonly contractType?: string | undefined;
  readonly contractTypeId?: string | undefined;
  /** Lists show one at most. Empty when none is set. */
  readonly counterparties: readonly string[];
  readonly owner?: Person | undefined;
  readonly createdAt?: Date | undefined;
  readonly workspaceId?: string | undefined;
  /** Where people look at it. */
  readonly webUrl?: string | undefined;
  readonly externalMetadata?: ExternalMetadata | undefined;
}

const rowId = z.union([z.string(), z.number()]).transform((value, context) => {
  const composite = readContractId(value);
  const number = composite?.number ?? (/^\d+$/.test(String(value)) ? Number(value) : Number.NaN);
  if (Number.isSafeInteger(number)) return { contractId: composite?.text, numericId: number };
  context.addIssue({ code: 'custom' });
  return z.NEVER;
});

const fields = z.looseObject({
  id: rowId,
  contract_name: text,
  contract_status: text,
  reference_id: text,
  contract_type_name: text,
  contract_type_id: text,
  counter_party_name: text,
  created: moment,
  created_by: text,
  created_by_user_name: text,
  created_by_user_email: text,
  created_by_workspace: text,
  contract_link: text,
  external_metadata: object,
});

/** Reads a row of a list of contracts. */
export function readContractRow(raw: unknown): WithRaw<ContractRow> {
  const row = fields.parse(raw);
  const result = {
    ...row.id,
    title: row.contract_name ?? '',
    status: row.contract_status ?? '',
    referenceId: row.reference_id,
    contractType: row.contract_type_name,
    contractTypeId: row.contract_type_id,
    counterparties: row.counter_party_name === undefined ? [] : [row.counter_party_name],
    owner: ownerOf(row),
    createdAt: row.created,
    workspaceId: row.created_by_workspace,
    webUrl: row.contract_link,
    externalMetadata: readExternalMetadata(row.external_metadata),
  };
  return withRaw(result, raw);
}

function ownerOf(row: z.output<typeof fields>): Person | undefined {
  // The older field holds a name in some versions of the API and an e-mail address in others.
  const creator = row.created_by?.includes('@') ? { email: row.created_by } : { name: row.created_by };
  const owner = { name: row.created_by_user_name ?? creator.name, email: row.created_by_user_email ?? creator.email };
  return owner.name === undefined && owner.email === undefined ? undefined : owner;
}

/** Names a row among others. A number alone names two contracts, so what else tells them apart comes with it. */
export function identityOfRow({ contractId, numericId, createdAt, referenceId, contractTypeId }: ContractRow): string {
  return contractId ?? JSON.stringify([numericId, createdAt, referenceId, contractTypeId]);
}
