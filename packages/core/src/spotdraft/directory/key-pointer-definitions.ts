import { z } from 'zod';
import { flag, id, rowsIn, text } from '../answer-fields.ts';
import type { Requester, RequestOptions } from '../http/requester.ts';
import { type WithRaw, withRaw } from '../with-raw.ts';

/** A metadata field that contracts can have. */
export interface KeyPointerDefinition {
  readonly id: string;
  readonly section?: string | undefined;
  /** The parts of which its value consists; mostly one. */
  readonly parts: readonly KeyPointerPart[];
}

export interface KeyPointerPart {
  readonly label?: string | undefined;
  /** Name in the API; holds a dot when it lies within another. */
  readonly variable?: string | undefined;
  /** Such as `string`, `date`, `enum` or `array of files`. */
  readonly type?: string | undefined;
  readonly isRequired?: boolean | undefined;
}

export interface ListKeyPointersOptions extends RequestOptions {
  /** Only those of this type of contract. */
  readonly contractTypeId?: string | number | undefined;
  /** Only those of external sections. */
  readonly isExternal?: boolean | undefined;
}

const fields = z.looseObject({ id, section: text, descriptors: z.unknown().optional() });
const partFields = z.looseObject({ display_label: text, variable: text, type: text, required: flag });

export function listKeyPointers(
  requester: Requester,
  { contractTypeId, isExternal, signal }: ListKeyPointersOptions = {},
): Promise<readonly WithRaw<KeyPointerDefinition>[]> {
  const query = new URLSearchParams({
    ...(contractTypeId !== undefined && { contract_type_id: String(contractTypeId) }),
    ...(isExternal !== undefined && { is_external: String(isExternal) }),
  });
  return requester.json({ method: 'GET', path: '/key_pointers/', query, signal }, (answer) => rowsIn(answer).map(readDefinition));
}

function readDefinition(raw: unknown): WithRaw<KeyPointerDefinition> {
  const { id: definitionId, section, descriptors } = fields.parse(raw);
  return withRaw({ id: definitionId, section, parts: rowsIn(descriptors).map(readPart) }, raw);
}

function readPart(raw: unknown): WithRaw<KeyPointerPart> {
  const { display_label: label, variable, type, required: isRequired } = partFields.parse(raw);
  return withRaw({ label, variable, type, isRequired }, raw);
}
