import type { ContractFacts } from '../contract/contract-facts.ts';
import type { ArchiveError } from '../errors/archive-error.ts';
import type { Destinations } from './archive-options.ts';
import type { ArchiveResult, DocumentResult } from './archive-result.ts';

export interface ArchivedContract {
  /** Composite id, such as `T-19589`. */
  readonly contractId: string;
  /** What was learnt of it on the way. */
  readonly contract: ContractFacts;
  /** The names of the destinations that it goes to. */
  readonly destinations: readonly string[];
  /** The signed PDF first. */
  readonly documents: readonly DocumentResult[];
}

/** Puts what a caller looks at first on top: the signed PDF's receipts, and one failure per destination that has any. */
export function summarize<Given extends Destinations>({ documents, ...archived }: ArchivedContract): ArchiveResult<Given> {
  const failures: Record<string, ArchiveError> = Object.assign({}, ...documents.map(({ failures: each }) => each).toReversed());
  return {
    ...archived,
    versionId: archived.contract.versionId,
    complete: Object.keys(failures).length === 0,
    receipts: documents[0]?.receipts ?? {},
    failures,
    documents,
  } as ArchiveResult<Given>;
}
