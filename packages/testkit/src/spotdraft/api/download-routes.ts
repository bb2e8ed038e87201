import { z } from 'zod';
import type { FixtureDocument } from '../../fixtures/fixture-document.ts';
import { documentOf } from '../../fixtures/fixture-document.ts';
import type { DocumentVersion } from '../documents/document-version.ts';
import { renderAnew } from '../documents/render-anew.ts';
import { proxyPage } from '../documents/signed-links.ts';
import type { EmulatedContract, NotReadyAnswer } from '../workspace/contract.ts';
import { type ApiContext, type ApiRouter, contractByCompositeId, contractByNumber } from './api-context.ts';
import { codedError, detailError } from './api-error.ts';
import { readJson } from './read-json.ts';

const docxMediaType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** The documents of contracts: as bytes and as temporary links, in all versions of the API. */
export function addDownloadRoutes(router: ApiRouter): void {
  for (const version of ['v2', 'v2.1']) {
    router
      .on('POST', `/api/${version}/public/contracts/:id/download`, ({ params, context }) =>
        download(contractByCompositeId(params['id'], context), context),
      )
      .on('POST', `/api/${version}/public/contracts/:id/download_link`, ({ request, params, context }) =>
        createLink(request, contractByCompositeId(params['id'], context), context),
      );
  }
  router
    .on('POST', '/api/v1/public/contracts/:id/download', ({ params, context }) =>
      download(contractByNumber(params['id'], context), context),
    )
    .on('POST', '/api/v1/public/contracts/:id/download_link', ({ request, params, context }) =>
      createLink(request, contractByNumber(params['id'], context), context),
    )
    .on('POST', '/api/v2.1/public/contracts/:id/download_docx/', ({ request, params, context }) =>
      downloadDocx(request, contractByNumber(params['id'], context), context),
    );
}

async function download(contract: EmulatedContract, context: ApiContext): Promise<Response> {
  const answer = refuseIfNotReady(contract, context);
  if (answer === 'html') return proxyPage();
  const document = answer === 'empty' ? emptyDocument : await openPdf(currentVersion(contract), context);
  return fileResponse(document, context.behaviour.downloadMediaType, fileName(contract, 'pdf'));
}

async function downloadDocx(request: Request, contract: EmulatedContract, context: ApiContext): Promise<Response> {
  const body = await readJson(request, z.object({ fallback_to_last_available_docx: z.boolean().default(false) }));
  refuseIfNotReady(contract, context);
  const candidates = body.fallback_to_last_available_docx ? contract.versions.toReversed() : [currentVersion(contract)];
  const open = candidates.find(({ openDocx }) => openDocx !== undefined)?.openDocx;
  if (open === undefined) throw codedError(402, 'SD_CONTRACTS_00042', 'The current version of the contract is not available as DOCX.');
  return fileResponse(await open(), context.behaviour.downloadMediaType, fileName(contract, 'docx'));
}

const linkRequest = z.object({ format: z.enum(['PDF', 'DOCX', 'DOCX_WITH_FALLBACK_TO_PDF']).nullish() });

async function createLink(request: Request, contract: EmulatedContract, context: ApiContext): Promise<Response> {
  const { format } = await readJson(request, linkRequest);
  const answer = refuseIfNotReady(contract, context);
  const version = currentVersion(contract);
  const openDocx = format === 'DOCX' || format === 'DOCX_WITH_FALLBACK_TO_PDF' ? version.openDocx : undefined;
  if (format === 'DOCX' && openDocx === undefined) throw detailError(402, 'The current version of the contract is not available as DOCX.');
  const document = answer === undefined ? await (openDocx?.() ?? openPdf(version, context)) : emptyDocument;
  const url = context.links.issue(
    {
      contractId: contract.id,
      versionId: version.id,
      mediaType: openDocx ? docxMediaType : 'application/pdf',
      // What is not ready when the link is made is missing behind the link.
      content: answer === 'html' ? 'html' : document,
    },
    context.storageUrl,
  );
  const versionId = context.behaviour.hasVersionIds ? { current_version_id: version.id } : {};
  return Response.json({ url, file_name: fileName(contract, openDocx ? 'docx' : 'pdf'), ...versionId });
}

const emptyDocument: FixtureDocument = documentOf(new Uint8Array());

/** Throws the status of a contract whose document is not ready; answers what takes the place of the bytes. */
function refuseIfNotReady({ notReady }: EmulatedContract, { now }: ApiContext): 'empty' | 'html' | undefined {
  if (notReady === undefined || now >= notReady.until) return undefined;
  if (notReady.answer === 'empty' || notReady.answer === 'html') return notReady.answer;
  throw notReadyError(notReady.answer);
}

function notReadyError(status: Extract<NotReadyAnswer, number>): Error {
  if (status === 402) return codedError(402, 'SD_CONTRACTS_00017', 'The signed document is being generated.');
  return detailError(status, status === 409 ? 'The contract is being processed.' : 'Not found.');
}

async function openPdf(version: DocumentVersion, { behaviour, workspace }: ApiContext): Promise<FixtureDocument> {
  const pdf = await version.openPdf();
  return behaviour.rerendersPdf ? renderAnew(pdf, workspace.nextId()) : pdf;
}

function currentVersion({ versions }: EmulatedContract): DocumentVersion {
  const current = versions.at(-1);
  if (current === undefined) throw detailError(404, 'Not found.');
  return current;
}

function fileName({ title }: EmulatedContract, extension: string): string {
  return `${title}.${extension}`;
}

function fileResponse(document: FixtureDocument, mediaType: string, name: string): Response {
  const headers = { 'content-type': mediaType, 'content-length': String(document.size) };
  return new Response(document.open(), {
    headers: { ...headers, 'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}` },
  });
}
