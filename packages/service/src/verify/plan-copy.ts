import { parseContractId, type Receipt } from '@spotdraft-archive/core';
import type { Kysely } from 'kysely';
import { readJson } from '../database/json-column.ts';
import type { Tables } from '../database/tables.ts';
import { enqueueJob } from '../jobs/enqueue-job.ts';
import type { JobQueue } from '../jobs/job-queue.ts';
import type { Finding, FindingFacts, PlannedRepair } from '../repair/finding.ts';
import { replaceReceipt, takeBackReceipt, type WrittenReceipt } from './change-receipt.ts';
import type { CopyCheck } from './check-copy.ts';
import { pathText } from './receipt-path.ts';
import type { RestoreChoice, Restores } from './restore-options.ts';

export interface PlanCopyOptions extends RestoreChoice {
  readonly database: Kysely<Tables>;
  readonly queue: JobQueue;
  readonly now: () => number;
  readonly wake: () => void;
  readonly restores: Restores;
}

/** Decides what a look at a copy means, and what is to be done. Nothing for a copy that is in order. */
export async function planCopy(written: WrittenReceipt, check: CopyCheck, options: PlanCopyOptions): Promise<readonly PlannedRepair[]> {
  const { receipt } = written;
  if (check.state === 'altered' && (await isSuperseded(receipt, check, options.database))) return [];
  const planned = check.state === 'intact' ? planIntact(written, check, options) : await planDamaged(written, check, options);
  if (check.duplicateIds.length === 0) return planned;
  const duplicate: Finding = {
    ...about(receipt, check),
    kind: 'duplicate',
    found: { ...foundFacts(check), duplicateIds: check.duplicateIds },
    action: 'none',
    reason: 'Several files carry one key. Nothing is deleted: look at them, and remove what nobody needs.',
  };
  return [...planned, { finding: duplicate }];
}

function planIntact(written: WrittenReceipt, check: CopyCheck, { database }: PlanCopyOptions): readonly PlannedRepair[] {
  const { receipt } = written;
  const { copy } = check;
  if (copy === undefined) return [];
  const present: Receipt = {
    ...receipt,
    id: copy.id,
    path: copy.path === undefined ? receipt.path : pathText(copy.path),
    ...(copy.webUrl !== undefined && { webUrl: copy.webUrl }),
  };
  if (present.id === receipt.id && present.path === receipt.path) return [];
  const finding: Finding = { ...about(receipt, check), kind: 'moved', action: 'update receipt' };
  return [{ finding, apply: async () => void (await replaceReceipt(database, written, present)) }];
}

async function planDamaged(written: WrittenReceipt, check: CopyCheck, options: PlanCopyOptions): Promise<readonly PlannedRepair[]> {
  const { receipt } = written;
  const kind = check.state === 'altered' ? 'altered' : 'deleted at the destination';
  const finding = { ...about(receipt, check), kind } as const;
  const reason = await whyNot(receipt, check, options);
  if (reason !== undefined) return [{ finding: { ...finding, action: 'none', reason } }];
  options.restores.count += 1;
  return [{ finding: { ...finding, action: 'archive' }, apply: () => storeAgain(written, check, options) }];
}

/** Why a copy is not stored again; `undefined` when it is. */
async function whyNot(receipt: Receipt, { state }: CopyCheck, options: PlanCopyOptions): Promise<string | undefined> {
  const { database, deleted, altered, restores } = options;
  if (state === 'altered' && altered === 'report')
    return 'Nothing is overwritten. Look at the file; with altered: "store beside" the document is stored again beside it.';
  if (state === 'deleted' && deleted === 'report') return 'Deleted copies are only reported.';
  const contract = await database
    .selectFrom('archive_contracts')
    .select(['source_state', 'version_id', 'routed_to'])
    .where('contract_id', '=', receipt.contractId)
    .executeTakeFirst();
  if (contract?.source_state !== 'EXECUTED') return 'SpotDraft does not have the contract any more, so it cannot be read again.';
  if ((contract.version_id ?? undefined) !== receipt.versionId)
    return 'SpotDraft gives the newest version of a contract only, and this copy is of an earlier one.';
  if (readJson(contract.routed_to)?.includes(receipt.destination) === false) return 'The contract is routed to other destinations now.';
  if (restores.count >= restores.max) {
    return `So many copies were not in order (${restores.count}) that something else may be wrong with the destination. Look at it; a higher maxRestored has them stored again.`;
  }
  return undefined;
}

/** Asks for the work on the contract, which finds no receipt of this copy any more. */
async function storeAgain(written: WrittenReceipt, { copy }: CopyCheck, { database, queue, now, wake }: PlanCopyOptions): Promise<void> {
  const { contractId } = written.receipt;
  await database.transaction().execute(async (transaction) => {
    if (!(await takeBackReceipt(transaction, written, copy?.id))) return;
    const { number } = parseContractId(contractId);
    await enqueueJob({ sql: transaction, queue }, { subject: contractId, contractNumber: number, contractId, dueAt: now() });
  });
  wake();
}

/** True when a later version of the document was stored into the same file, as stores with revisions allow. */
async function isSuperseded(
  { key, destination, id, contractId }: Receipt,
  { copy }: CopyCheck,
  database: Kysely<Tables>,
): Promise<boolean> {
  const rows = await database
    .selectFrom('archive_ledger')
    .select('receipt')
    .where('contract_id', '=', contractId)
    .where('destination', '=', destination)
    .where('key', '!=', key)
    .execute();
  return rows.some((row) => {
    const later = readJson(row.receipt);
    return later?.id === id && later.destinationHash === copy?.hash;
  });
}

function about(receipt: Receipt, check: CopyCheck): Pick<Finding, 'contractId' | 'destinations' | 'key' | 'expected' | 'found'> {
  const { contractId, destination, key, id, path, revision, size, destinationHash: hash, sha256 } = receipt;
  return {
    contractId,
    destinations: [destination],
    key,
    expected: { id, path, revision, size, hash, sha256 },
    found: foundFacts(check),
  };
}

function foundFacts({ copy, bytes }: CopyCheck): FindingFacts | undefined {
  if (copy === undefined) return undefined;
  const { id, path, revision, size, hash } = copy;
  return { id, path: path && pathText(path), revision, size: bytes?.size ?? size, hash: bytes?.hash ?? hash, sha256: bytes?.sha256 };
}
