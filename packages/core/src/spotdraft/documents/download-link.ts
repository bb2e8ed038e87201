import { z } from 'zod';
import { parseContractId } from '../../contract/contract-id.ts';
import { text } from '../answer-fields.ts';
import type { Requester, RequestOptions } from '../http/requester.ts';
import { type WithRaw, withRaw } from '../with-raw.ts';

/** What a document is asked for as. */
export type DocumentFormat = 'PDF' | 'DOCX' | 'DOCX_WITH_FALLBACK_TO_PDF';

/** A link under which a document lies for a short time. */
export interface DownloadLink {
  /**
   * Whoever has it can read the document: a secret. Not enumerable, so that it stays out of logs, JSON and spread copies. SpotDraft does not
   * say how long it works: use it at once.
   */
  readonly url: string;
  /** As SpotDraft would name the file. Empty when it did not tell. */
  readonly fileName: string;
  /** SpotDraft's `current_version_id`; absent when SpotDraft did not tell. */
  readonly versionId?: string | undefined;
}

export interface GetDownloadLinkOptions extends RequestOptions {
  /** @default 'PDF' */
  readonly format?: DocumentFormat | undefined;
}

const fields = z.looseObject({ url: z.string().min(1), file_name: text, current_version_id: text });

/** Asks for a link to the latest version of a contract's document. */
export async function getDownloadLink(
  requester: Requester,
  contractId: string,
  { format = 'PDF', signal }: GetDownloadLinkOptions = {},
): Promise<WithRaw<DownloadLink>> {
  const { text: id } = parseContractId(contractId);
  const request = { method: 'POST', path: `/contracts/${id}/download_link`, body: { format }, signal } as const;
  return requester.json(request, (answer) => {
    const { url, file_name: fileName = '', current_version_id: versionId, ...others } = fields.parse(answer);
    const link = Object.defineProperty({ fileName, versionId }, 'url', { value: url }) as DownloadLink;
    return withRaw(link, { ...others, file_name: fileName, current_version_id: versionId });
  });
}
