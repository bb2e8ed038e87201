import { z } from 'zod';
import { parseContractId } from '../../contract/contract-id.ts';
import { parseJson, readBounded } from '../../destination/http/read-answer.ts';
import { SpotDraftError } from '../../errors/spotdraft-error.ts';
import { contractNumber } from '../contracts/contract-number.ts';
import { readErrorText } from '../http/error-text.ts';
import type { ApiRequest, Requester, RequestOptions } from '../http/requester.ts';
import { type OpenedDocument, openedDocument } from '../opened-document.ts';
import { openLink } from './open-link.ts';
import { peek } from './peek.ts';

/** Reads the latest PDF of a contract, which SpotDraft makes on demand. A download link takes less of SpotDraft's request budget per byte. */
export async function downloadDocument(requester: Requester, contractId: string, { signal }: RequestOptions = {}): Promise<OpenedDocument> {
  const { text: id } = parseContractId(contractId);
  return download(requester, { method: 'POST', path: `/contracts/${id}/download`, signal });
}

export interface DownloadDocxOptions extends RequestOptions {
  /** Take the last version that has a DOCX when the current one has none. It may be outdated. @default false */
  readonly fallbackToLastAvailable?: boolean | undefined;
}

/** Reads the DOCX of a `T` contract. */
export async function downloadDocx(
  requester: Requester,
  contractId: string,
  { fallbackToLastAvailable = false, signal }: DownloadDocxOptions = {},
): Promise<OpenedDocument> {
  const path = `/contracts/${contractNumber(contractId)}/download_docx/` as const;
  return download(requester, { method: 'POST', path, body: { fallback_to_last_available_docx: fallbackToLastAvailable }, signal });
}

const longestJsonBytes = 65_536;
const linkFields = z.looseObject({ url: z.string().min(1) });

/**
 * The documentation labels the bytes as JSON, and an integration in use has met JSON with a link instead of bytes. So the first byte decides:
 * no PDF and no DOCX begins with a brace.
 */
async function download(requester: Requester, request: ApiRequest): Promise<OpenedDocument> {
  const response = await requester.stream(request);
  const { first, body } = await peek(response.body);
  if (!new TextDecoder().decode(first.subarray(0, 16)).trimStart().startsWith('{'))
    return openedDocument({ body, headers: response.headers });

  const { bytes } = await readBounded(new Response(body), longestJsonBytes);
  const answer = parseJson(new TextDecoder().decode(bytes));
  const { success, data } = linkFields.safeParse(answer);
  if (success) return openLink(requester, data, request);
  throw notReady(answer, { request, status: response.status });
}

function notReady(answer: unknown, { request, status }: { readonly request: ApiRequest; readonly status: number }): SpotDraftError {
  const path = `/api/v2.1/public${request.path}`;
  return new SpotDraftError(`SpotDraft answered ${request.method} ${path} with words instead of a document.`, {
    code: 'spotdraft.document_not_ready',
    recovery: 'retry',
    hint: "Try again in some minutes. SpotDraft's own words are in `providerMessage` of this error.",
    status,
    method: request.method,
    path,
    ...readErrorText(answer),
  });
}
