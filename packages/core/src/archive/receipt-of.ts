import type { DocumentPath, PutResult } from '../destination/storage-destination.ts';
import type { Intent } from '../ledger/ledger.ts';
import type { Receipt } from '../ledger/receipt.ts';
import type { DocumentJob } from './document-job.ts';
import type { StoreOptions } from './store-step.ts';
import type { Verification } from './verify-copy.ts';

export interface ReceiptFacts {
  readonly job: DocumentJob;
  /** The intent whose bytes the copy was verified against. */
  readonly intent: Intent;
  readonly outcome: PutResult['outcome'];
  readonly options: StoreOptions;
}

/** Writes the proof down, from what the store reported. */
export function receiptOf({ copy, hash, verdict }: Verification, { job, intent, outcome, options }: ReceiptFacts): Receipt {
  return {
    destination: options.name,
    provider: options.destination.provider,
    key: job.key,
    contractId: job.contractId,
    ...(job.versionId !== undefined && { versionId: job.versionId }),
    document: job.document,
    id: copy.id,
    path: pathText(copy.path ?? intent.path),
    ...(copy.revision !== undefined && { revision: copy.revision }),
    size: intent.size,
    sha256: intent.sha256,
    destinationHash: hash,
    ...(copy.webUrl !== undefined && { webUrl: copy.webUrl }),
    storedAt: options.now().toISOString(),
    outcome: verdict === 'altered' ? 'altered-by-destination' : outcome,
  };
}

function pathText({ folders, name }: DocumentPath): string {
  return [...folders, name].join('/');
}
