import type { Receipt } from '@spotdraft-archive/core';

/** A version of a contract, and where its signed PDF lies. */
export interface ArchivedVersion {
  /** SpotDraft's `current_version_id` of that time; absent when SpotDraft did not tell. */
  readonly versionId?: string | undefined;
  /** By destination. */
  readonly receipts: Readonly<Record<string, Receipt>>;
}

interface Row {
  readonly receipt?: Receipt | undefined;
}

export interface ContractVersions extends Pick<ArchivedVersion, 'receipts'> {
  readonly earlierVersions: readonly ArchivedVersion[];
}

/** The receipts of a contract's signed PDFs: those of one version, and those of the others, the latest first. */
export function versionsOf(rows: readonly Row[], versionId: string | undefined): ContractVersions {
  const receipts = rows.flatMap(({ receipt }) => (receipt?.document === 'signed-pdf' ? receipt : []));
  const latestFirst = receipts
    .filter((receipt) => receipt.versionId !== versionId)
    .toSorted((a, b) => b.storedAt.localeCompare(a.storedAt));
  const otherIds = new Set(latestFirst.map((receipt) => receipt.versionId));
  return {
    receipts: currentReceipts(rows, versionId),
    earlierVersions: [...otherIds].map((id) => ({ versionId: id, receipts: currentReceipts(rows, id) })),
  };
}

/** The receipts of one version's signed PDF, by destination and in the order of their names: the same whatever order the rows come in. */
export function currentReceipts(rows: readonly Row[], versionId: string | undefined): Record<string, Receipt> {
  const current = rows.flatMap(({ receipt }) => (receipt?.document === 'signed-pdf' && receipt.versionId === versionId ? receipt : []));
  const byName = current.toSorted((a, b) => a.destination.localeCompare(b.destination));
  return Object.fromEntries(byName.map((receipt) => [receipt.destination, receipt]));
}
