import type { ContractRow } from '@spotdraft-archive/core';
import type { PlannedRepair } from './finding.ts';

/** Listed contracts of which nothing tells whether they are the `T` or the `H` contract of their number. Each counts once, however often it is listed. */
export class UnresolvedRows {
  readonly #seen = new Set<string>();

  get size(): number {
    return this.#seen.size;
  }

  /** Those that were not listed before. */
  add(rows: readonly ContractRow[]): readonly ContractRow[] {
    return rows.filter((row) => {
      const { size } = this.#seen;
      return this.#seen.add(identityOf(row)).size > size;
    });
  }
}

function identityOf({ numericId, createdAt, referenceId }: ContractRow): string {
  return JSON.stringify([numericId, createdAt, referenceId]);
}

/** What a repair tells of such a contract. It does nothing about it: a guess might archive the wrong one of two. */
export function planUnresolved({ numericId }: ContractRow): PlannedRepair {
  const reason =
    `T-${numericId} and H-${numericId} are different contracts, and SpotDraft does not tell which of them it lists. ` +
    `Look at both in SpotDraft, and archive the executed ones by their ids with archive().`;
  return { finding: { kind: 'unresolved', contractId: String(numericId), destinations: [], action: 'none', reason } };
}
