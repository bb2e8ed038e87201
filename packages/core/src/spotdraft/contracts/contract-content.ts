import { z } from 'zod';
import { parseContractId } from '../../contract/contract-id.ts';
import { moment, rowsIn, text } from '../answer-fields.ts';
import type { Requester, RequestOptions } from '../http/requester.ts';
import { type WithRaw, withRaw } from '../with-raw.ts';

/** The words of a contract, as far as SpotDraft has extracted them. */
export interface ContractContent {
  /** Present when it was asked for as text. */
  readonly text?: string | undefined;
  /** Present when it was asked for in segments. */
  readonly segments?: readonly ContentSegment[] | undefined;
  /** `completed`, `pending`, `failed`, `not_available`, or a word that SpotDraft adds one day. */
  readonly extractionStatus?: string | undefined;
  readonly extractedAt?: Date | undefined;
}

export interface ContentSegment {
  readonly text: string;
}

export interface GetContentOptions extends RequestOptions {
  /** @default 'text' */
  readonly format?: 'text' | 'segments' | undefined;
  /** @default the latest version */
  readonly versionId?: string | undefined;
}

const segment = z.looseObject({ segment_text: text });
const fields = z.looseObject({ content: text, segments: z.unknown().optional(), extraction_status: text, last_updated: moment });

export async function getContractContent(
  requester: Requester,
  contractId: string,
  { format, versionId, signal }: GetContentOptions = {},
): Promise<WithRaw<ContractContent>> {
  const { text: id } = parseContractId(contractId);
  const query = new URLSearchParams({
    ...(format !== undefined && { text_format: format }),
    ...(versionId !== undefined && { contract_version_id: versionId }),
  });
  return requester.json({ method: 'GET', path: `/contracts/${id}/content`, query, signal }, readContent);
}

function readContent(answer: unknown): WithRaw<ContractContent> {
  const { content, segments, extraction_status: extractionStatus, last_updated: extractedAt } = fields.parse(answer);
  return withRaw({ text: content, segments: readSegments(segments), extractionStatus, extractedAt }, answer);
}

function readSegments(segments: unknown): readonly WithRaw<ContentSegment>[] | undefined {
  if (segments === undefined || segments === null) return undefined;
  return rowsIn(segments).map((raw) => withRaw({ text: segment.parse(raw).segment_text ?? '' }, raw));
}
