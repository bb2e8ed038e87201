import { SpotDraftError } from '../../errors/spotdraft-error.ts';
import { rowsIn } from '../answer-fields.ts';
import type { Requester, RequestOptions } from '../http/requester.ts';
import type { WithRaw } from '../with-raw.ts';
import { type ContractRow, readContractRow } from './contract-row.ts';

/** Finds the contracts that are linked with a record of another system. SpotDraft gives 50 at most. */
export async function findByExternalMetadata(
  requester: Requester,
  externalId: string,
  { signal }: RequestOptions = {},
): Promise<readonly WithRaw<ContractRow>[]> {
  // Dots alone would climb up the path, encoded or not.
  if (/^\.{0,2}$/.test(externalId)) throw unusable();
  const path = `/contracts/by_external_metadata/${encodeURIComponent(externalId)}` as const;
  return requester.json({ method: 'GET', path, signal }, (answer) => rowsIn(answer).map(readContractRow));
}

function unusable(): SpotDraftError {
  return new SpotDraftError('An external id must not be empty, "." or "..".', {
    code: 'spotdraft.invalid_request',
    recovery: 'never',
    hint: 'Such an id cannot be part of an address.',
  });
}
