import type { ContractFacts } from '../contract/contract-facts.ts';
import type { DestinationHash } from '../destination/hash.ts';
import { referenceTo } from '../events/receipt-reference.ts';
import { traced } from '../events/tracer.ts';
import type { DocumentKind, Receipt } from '../ledger/receipt.ts';
import { nameDocument } from '../naming/name-document.ts';
import type { ArchivePlan } from './archive-options.ts';
import type { DocumentResult } from './archive-result.ts';
import type { ConfirmedContract } from './confirm-contract.ts';
import type { DocumentJob } from './document-job.ts';
import { documentKey } from './document-key.ts';
import { documentProperties } from './document-properties.ts';
import { fanOut } from './fan-out.ts';
import type { ReadDocument } from './read-document.ts';

/** What all documents of one contract version have in common. */
export interface DocumentRun {
  readonly contract: ConfirmedContract;
  readonly plan: ArchivePlan;
  readonly versionId: string | undefined;
  /** What names are made of; asked for when the first document needs it. */
  facts(): Promise<ContractFacts>;
}

const mediaTypes: Record<DocumentKind, string> = {
  'signed-pdf': 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  manifest: 'application/json',
};

/**
 * Brings one document into every destination. When the ledger holds all receipts already, the document is not even read.
 *
 * `read` gets the hashes that the destinations report, so that all of them are computed in its one pass.
 */
export async function archiveDocument(
  document: DocumentKind,
  run: DocumentRun,
  read: (hashes: readonly DestinationHash[]) => Promise<ReadDocument>,
): Promise<DocumentResult> {
  const { plan, contract } = run;
  const archived = await receiptsInLedger(document, run);
  if (archived) return resultFromReceipts(document, archived);

  const hashes = Object.values(plan.destinations).map(({ capabilities }) => capabilities.hash);
  const startedAt = performance.now();
  const { bytes, versionId } = await traced(
    { tracer: plan.tracer, name: 'read document', attributes: { 'contract.id': contract.contractId, document } },
    () => read(hashes),
  );
  try {
    const { size, sha256 } = bytes;
    plan.emit({
      type: 'document.downloaded',
      contractId: contract.contractId,
      document,
      size,
      sha256,
      durationMs: performance.now() - startedAt,
    });
    const job = makeJob(document, { ...run, versionId }, { bytes, facts: await run.facts() });
    return { document, size, sha256, ...(await fanOut(job, plan)) };
  } finally {
    await bytes[Symbol.asyncDispose]();
  }
}

function keyOf(document: DocumentKind, { contract, plan, versionId }: DocumentRun): string {
  return documentKey({ source: plan.spotdraft.source, contractId: contract.contractId, versionId, document });
}

function makeJob(
  document: DocumentKind,
  run: DocumentRun,
  { bytes, facts }: Pick<DocumentJob, 'bytes'> & { facts: ContractFacts },
): DocumentJob {
  const { plan, contract, versionId } = run;
  const { layout, spotdraft } = plan;
  // A version's documents share one stem, so the signed PDF's key decides the suffix of them all.
  const stemKey = keyOf('signed-pdf', run);
  return {
    key: keyOf(document, run),
    contractId: contract.contractId,
    versionId,
    document,
    mediaType: mediaTypes[document],
    bytes,
    nameFor: (rules, { clash }) => nameDocument({ ...facts, versionId }, { layout, rules, document, key: stemKey, clash }),
    propertiesFor: (limits) =>
      documentProperties({ ...facts, versionId }, { source: spotdraft.source, document, sha256: bytes.sha256, limits }),
  };
}

/** The receipts of a document when every destination has one. */
async function receiptsInLedger(document: DocumentKind, run: DocumentRun): Promise<Record<string, Receipt> | undefined> {
  const { plan, contract } = run;
  const key = keyOf(document, run);
  const receipts: Record<string, Receipt> = {};
  for (const destination of Object.keys(plan.destinations)) {
    const receipt = (await plan.ledger.find({ key, destination }))?.receipt;
    if (!receipt) return undefined;
    receipts[destination] = receipt;
  }
  for (const [destination, receipt] of Object.entries(receipts)) {
    plan.emit({ type: 'document.skipped', contractId: contract.contractId, document, destination, key, receipt: referenceTo(receipt) });
  }
  return receipts;
}

function resultFromReceipts(document: DocumentKind, receipts: Record<string, Receipt>): DocumentResult {
  const [{ size, sha256 } = { size: 0, sha256: '' }] = Object.values(receipts);
  return { document, size, sha256, receipts, failures: {} };
}
