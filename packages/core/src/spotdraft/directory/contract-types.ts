import { z } from 'zod';
import { id, rowsIn, text } from '../answer-fields.ts';
import type { Requester, RequestOptions } from '../http/requester.ts';
import { type WithRaw, withRaw } from '../with-raw.ts';

/** A type of contract as the workspace defines it, such as an NDA. */
export interface ContractType {
  readonly id: string;
  readonly name: string;
}

const fields = z.looseObject({ id, name: text });

export function listContractTypes(requester: Requester, { signal }: RequestOptions = {}): Promise<readonly WithRaw<ContractType>[]> {
  return requester.json({ method: 'GET', path: '/contract_types/', signal }, (answer) =>
    rowsIn(answer).map((raw) => {
      const { id: typeId, name = '' } = fields.parse(raw);
      return withRaw({ id: typeId, name }, raw);
    }),
  );
}
