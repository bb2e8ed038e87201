import type { ContractRow } from '../spotdraft/contracts/contract-row.ts';
import type { ContractStatus } from '../spotdraft/contracts/contract-status.ts';
import type { ResolvedContract } from './resolved-contract.ts';

export interface ChooseRowOptions {
  readonly number: number;
  /** Of the `T` contract of this number; `undefined` when there is none to be seen. */
  readonly status: ContractStatus | undefined;
  readonly referenceId: string | undefined;
  /** Asks for the status of the `H` contract of this number. */
  readonly historicalStatus: () => Promise<ContractStatus | undefined>;
}

/** Chooses among the listed contracts that share a number; `undefined` when that would be a guess. */
export async function chooseRow(rows: readonly ContractRow[], options: ChooseRowOptions): Promise<ResolvedContract | undefined> {
  const { referenceId } = options;
  const isReferenced = referenceId !== undefined && rows.some((row) => row.referenceId === referenceId);
  const candidates = rows.filter((row) => (isReferenced ? row.referenceId === referenceId : isUncontradicted(row, referenceId)));
  const [row] = candidates;
  if (row === undefined || candidates.length > 1) return undefined;
  const resolved = row.contractId === undefined ? await nameRow(row, { ...options, rows }) : await confirmRow(row, options);
  // A historical contract is chosen for its own reference only, never because nothing else is there.
  return resolved?.contractId.startsWith('H-') && !isReferenced ? undefined : resolved;
}

function isUncontradicted(row: ContractRow, referenceId: string | undefined): boolean {
  return referenceId === undefined || row.referenceId === undefined;
}

async function confirmRow(row: ContractRow, { number, status, historicalStatus }: ChooseRowOptions): Promise<ResolvedContract | undefined> {
  const isTemplate = row.contractId === `T-${number}`;
  const now = isTemplate ? status : await historicalStatus();
  return now && { contractId: `${isTemplate ? 'T' : 'H'}-${number}`, status: now, row };
}

interface NameRowOptions extends ChooseRowOptions {
  /** All rows of this number. */
  readonly rows: readonly ContractRow[];
}

/** Finds out which contract a row is that shows the number alone: the one that has its title, when no other has. */
async function nameRow(
  row: ContractRow,
  { number, status, historicalStatus, rows }: NameRowOptions,
): Promise<ResolvedContract | undefined> {
  const others = rows.filter((other) => other !== row);
  if (others.some(({ title }) => title === row.title)) return undefined;
  if (status?.title === row.title) return { contractId: `T-${number}`, status, row };
  const historical = await historicalStatus();
  return historical?.title === row.title ? { contractId: `H-${number}`, status: historical, row } : undefined;
}
