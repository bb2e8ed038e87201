import type { ContractRow } from '../spotdraft/contracts/contract-row.ts';
import type { ContractStatus } from '../spotdraft/contracts/contract-status.ts';

/** A contract's id, and what was learnt on the way to it. */
export interface ResolvedContract {
  /** Composite id, such as `T-19589`. */
  readonly contractId: string;
  /** Where the contract stands now, when that had to be asked. */
  readonly status?: ContractStatus | undefined;
  /** The contract as the list shows it, when that had to be asked. */
  readonly row?: ContractRow | undefined;
}
