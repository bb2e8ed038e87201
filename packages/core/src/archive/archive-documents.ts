import { ArchiveError } from '../errors/archive-error.ts';
import type { DocumentKind } from '../ledger/receipt.ts';
import type { ContractFact } from '../naming/layout.ts';
import type { DownloadLink } from '../spotdraft/documents/download-link.ts';
import { archiveDocument, type DocumentRun } from './archive-document.ts';
import type { ArchivePlan } from './archive-options.ts';
import type { DocumentResult } from './archive-result.ts';
import type { ConfirmedContract } from './confirm-contract.ts';
import { gatherFacts, manifestFacts } from './gather-facts.ts';
import { spoolManifest } from './manifest.ts';
import { type ReadDocumentOptions, readDocument, requestLink } from './read-document.ts';
import { routeContract } from './route-contract.ts';
import type { ArchivedContract } from './summarize.ts';

/** The documents of one contract version, in the order in which they are archived: the signed PDF, then what belongs beside it. */
export async function archiveDocuments(contract: ConfirmedContract, given: ArchivePlan): Promise<ArchivedContract> {
  const { contractId } = contract;
  const link = await requestLink(contractId, readOptions(contract, given, 'signed-pdf'));
  const gathered = gatherFacts(contract, { spotdraft: given.spotdraft, signal: given.signal });
  const facts = await gathered.ask(given.facts);
  const plan = { ...given, destinations: await routeContract(facts, given) };
  const archived = { contractId, destinations: Object.keys(plan.destinations) };
  if (archived.destinations.length === 0) return { ...archived, contract: { ...facts, versionId: link.versionId }, documents: [] };

  const run: DocumentRun = { contract, plan, versionId: link.versionId, facts: () => gathered.ask(factsToNameBy(plan)) };
  const { versionId, result } = await archiveSignedPdf(link, run);
  const results = [result];
  const rest = { ...run, versionId };
  if (plan.documents.docx) results.push(...(await archiveDocx(rest)));
  if (plan.documents.manifest) results.push(await archiveManifest(results, rest));
  return { ...archived, contract: { ...gathered.known, versionId }, documents: results };
}

/** What layout and manifest are made of. */
function factsToNameBy({ documents, layout }: ArchivePlan): readonly ContractFact[] {
  return documents.manifest ? [...layout.fields, ...manifestFacts] : layout.fields;
}

interface ArchivedPdf {
  /** Of the document that was read: a new version may have come after the first link. */
  readonly versionId: string | undefined;
  readonly result: DocumentResult;
}

async function archiveSignedPdf(link: DownloadLink, run: DocumentRun): Promise<ArchivedPdf> {
  let { versionId } = link;
  const result = await archiveDocument('signed-pdf', run, async (hashes) => {
    const document = await readDocument(run.contract.contractId, { ...readOptions(run.contract, run.plan, 'signed-pdf'), hashes, link });
    versionId = document.versionId;
    return document;
  });
  return { versionId, result };
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

function isAbsent(error: unknown): boolean {
  return ArchiveError.isInstance(error) && error.code === 'spotdraft.document_not_ready';
}
