import { z } from 'zod';
import { parseContractId } from '../../contract/contract-id.ts';
import { rowsIn, text } from '../answer-fields.ts';
import type { Requester, RequestOptions } from '../http/requester.ts';
import { type WithRaw, withRaw } from '../with-raw.ts';

/** A note on a contract. */
export interface Note {
  readonly id?: string | undefined;
  readonly text: string;
  readonly tag?: string | undefined;
}

const fields = z.looseObject({ id: text, text, note_tag: text });

/** The notes on a contract. SpotDraft documents one note alone as the answer and several in words; both are read. */
export async function getNotes(
  requester: Requester,
  contractId: string,
  { signal }: RequestOptions = {},
): Promise<readonly WithRaw<Note>[]> {
  const { text: contract } = parseContractId(contractId);
  return requester.json({ method: 'GET', path: `/contracts/${contract}/notes`, signal }, (answer) => rowsIn(answer).map(readNote));
}

function readNote(raw: unknown): WithRaw<Note> {
  const { id, text: words = '', note_tag: tag } = fields.parse(raw);
  return withRaw({ id, text: words, tag }, raw);
}
