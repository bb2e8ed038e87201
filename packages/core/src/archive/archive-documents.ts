import type { ContractFacts } from '../contract/contract-facts.ts';
import { ArchiveError } from '../errors/archive-error.ts';
import type { DocumentKind } from '../ledger/receipt.ts';
import type { DownloadLink } from '../spotdraft/documents/download-link.ts';
import { archiveDocument, type DocumentRun } from './archive-document.ts';
import type { ArchivePlan } from './archive-options.ts';
import type { DocumentResult } from './archive-result.ts';
import type { ConfirmedContract } from './confirm-contract.ts';
import { factsFor } from './gather-facts.ts';
import { spoolManifest } from './manifest.ts';
import { type ReadDocumentOptions, readDocument, requestLink } from './read-document.ts';
import type { ArchivedContract } from './summarize.ts';

/** The documents of one contract version, in the order in which they are archived: the signed PDF, then what belongs beside it. */
export async function archiveDocuments(contract: ConfirmedContract, plan: ArchivePlan): Promise<ArchivedContract> {
  const { contractId } = contract;
  const link = await requestLink(contractId, readOptions(contract, plan, 'signed-pdf'));
  const run: DocumentRun = { contract, plan, versionId: link.versionId, facts: onFirstUse(() => factsFor(contract, link.versionId, plan)) };

  const results = [await archiveSignedPdf(link, run)];
  if (plan.documents.docx) results.push(...(await archiveDocx(run)));
  if (plan.documents.manifest) results.push(await archiveManifest(results, run));
  return { contractId, versionId: link.versionId, documents: results };
}

function archiveSignedPdf(link: DownloadLink, run: DocumentRun): Promise<DocumentResult> {
  return archiveDocument('signed-pdf', run, (hashes) =>
    readDocument(run.contract.contractId, { ...readOptions(run.contract, run.plan, 'signed-pdf'), hashes, link }),
  );
}

/** Contracts that were imported as PDF have no DOCX. SpotDraft answers as if it were late, so it is asked for once only. */
async function archiveDocx(run: DocumentRun): Promise<readonly DocumentResult[]> {
  const options = readOptions(run.contract, run.plan, 'docx');
  try {
    const result = await archiveDocument('docx', run, async (hashes) => ({
      ...(await readDocument(run.contract.contractId, { ...options, hashes, readiness: { ...options.readiness, attempts: 1 } })),
      versionId: run.versionId,
    }));
    return [result];
  } catch (error) {
    if (!isAbsent(error)) throw error;
    run.plan.emit({ type: 'document.absent', contractId: run.contract.contractId, document: 'docx' });
    return [];
  }
}

function archiveManifest(parts: readonly DocumentResult[], run: DocumentRun): Promise<DocumentResult> {
  return archiveDocument('manifest', run, async (hashes) => ({
    bytes: await spoolManifest(parts, { run, hashes }),
    versionId: run.versionId,
  }));
}

function readOptions({ contractId }: ConfirmedContract, plan: ArchivePlan, document: DocumentKind): ReadDocumentOptions {
  return {
    spotdraft: plan.spotdraft,
    format: document === 'docx' ? 'DOCX' : 'PDF',
    hashes: [],
    maxMemoryBytes: plan.maxMemoryBytes,
    temporaryDirectory: plan.temporaryDirectory,
    readiness: plan.readiness,
    signal: plan.signal,
    onDelay: (delay) => plan.emit({ type: 'document.delayed', contractId, document, ...delay }),
  };
}

/** Puts off a question until its answer is needed, and asks it once. */
function onFirstUse(ask: () => Promise<ContractFacts>): () => Promise<ContractFacts> {
  let answer: Promise<ContractFacts> | undefined;
  return () => {
    answer ??= ask();
    return answer;
  };
}

function isAbsent(error: unknown): boolean {
  return ArchiveError.isInstance(error) && error.code === 'spotdraft.document_not_ready';
}
