import { z } from 'zod';
import { parseContractId } from '../../contract/contract-id.ts';
import type { KeyPointer } from '../../contract/key-pointer.ts';
import { rowsIn, text } from '../answer-fields.ts';
import type { Requester, RequestOptions } from '../http/requester.ts';
import { type WithRaw, withRaw } from '../with-raw.ts';

// SpotDraft's own example calls the field `filed_name`.
const fields = z.looseObject({
  id: text,
  field_name: text,
  filed_name: text,
  label: text,
  data_type: text,
  format_option: z.unknown().optional(),
  value: z.unknown().optional(),
});

/** The metadata values of a contract. */
export async function getKeyPointers(
  requester: Requester,
  contractId: string,
  { signal }: RequestOptions = {},
): Promise<readonly WithRaw<KeyPointer>[]> {
  const { text: id } = parseContractId(contractId);
  return requester.json({ method: 'GET', path: `/contracts/${id}/key_pointers`, signal }, readKeyPointers);
}

/** A metadata value to write. The form of `value` depends on the data type of the key pointer. */
export type KeyPointerValue =
  | { readonly fieldName: string; readonly id?: undefined; readonly value: unknown }
  | { readonly id: string | number; readonly fieldName?: undefined; readonly value: unknown };

export interface SetKeyPointersOptions extends RequestOptions {
  readonly values: readonly KeyPointerValue[];
}

/** Writes metadata values; the others stay. Safe to repeat. */
export async function setKeyPointers(
  requester: Requester,
  contractId: string,
  { values, signal }: SetKeyPointersOptions,
): Promise<readonly WithRaw<KeyPointer>[]> {
  const { text: id } = parseContractId(contractId);
  const body = {
    key_pointers: values.map(({ id: pointerId, fieldName, value }) => ({
      ...(pointerId === undefined ? { key_pointer_field_name: fieldName } : { key_pointer_id: Number(pointerId) }),
      value,
    })),
  };
  return requester.json({ method: 'POST', path: `/contracts/${id}/key_pointers/bulk`, body, signal }, readKeyPointers);
}

/** One that has no name of any kind cannot be told from another, and is left out. */
function readKeyPointers(answer: unknown): readonly WithRaw<KeyPointer>[] {
  return rowsIn(answer).flatMap((raw) => {
    const { id, field_name, filed_name, label, data_type: dataType, format_option: formatOption, value } = fields.parse(raw);
    const fieldName = field_name ?? filed_name ?? label ?? id;
    return fieldName === undefined ? [] : [withRaw({ id, fieldName, label, dataType, formatOption, value: value ?? null }, raw)];
  });
}
