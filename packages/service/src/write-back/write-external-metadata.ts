import { isDeepStrictEqual } from 'node:util';
import { type ExternalMetadata, SpotDraftError } from '@spotdraft-archive/core';
import type { Writing } from './write-back.ts';

/** Our own field in the record of another system. */
const ownField = 'spotdraft_archive';

/**
 * Adds our field to the record that a contract is linked with, or makes a record where there is none. Three requests; safe to repeat.
 *
 * CRM integrations keep their link here, and SpotDraft does not say whether writing merges: so all that is there is written along, read back, and
 * compared. Throws `SpotDraftError` `spotdraft.unexpected_answer` when something of it is not there any more, and before anything is written when it
 * holds what would not come back as it was.
 */
export async function writeExternalMetadata({ contractId, text, announce, spotdraft, signal }: Writing): Promise<void> {
  const before = await spotdraft.contracts.externalMetadata(contractId, { signal });
  if (before && !isWholeRecord(before.raw)) throw notWritable(contractId);
  const wanted = withOwnField(before ?? ownRecord(contractId), text);
  if (before && isDeepStrictEqual(plain(before), plain(wanted))) return;
  await announce('external-metadata');
  await spotdraft.contracts.setExternalMetadata(contractId, wanted, { signal });
  const after = await spotdraft.contracts.externalMetadata(contractId, { signal });
  if (!after || !isDeepStrictEqual(plain(after), plain(wanted))) throw notKept(contractId);
}

function ownRecord(contractId: string): ExternalMetadata {
  return { id: contractId, integrationName: 'spotdraft-archive', recordType: 'archive', recordData: {} };
}

function withOwnField(record: ExternalMetadata, reference: string): ExternalMetadata {
  return { ...record, recordData: { ...record.recordData, [ownField]: { reference } } };
}

const fieldNames: ReadonlySet<string> = new Set(['id', 'integration_name', 'record_type', 'record_data', 'object_configuration_id']);

/** True when all that a record holds would be written back as it is. The type of an id is declared nowhere, and we write texts. */
function isWholeRecord(raw: unknown): boolean {
  return Object.entries(raw ?? {}).every(
    ([name, value]) => value === null || (fieldNames.has(name) && (name === 'record_data' || typeof value === 'string')),
  );
}

/** As JSON has it: without fields that are undefined. */
function plain(record: ExternalMetadata): unknown {
  return JSON.parse(JSON.stringify(record));
}

function notWritable(contractId: string): SpotDraftError {
  return new SpotDraftError(
    `The external metadata of ${contractId} holds what could not be written back as it is, so nothing was written.`,
    {
      code: 'spotdraft.unexpected_answer',
      recovery: 'never',
      hint: 'Write into a key pointer or a comment instead: the link with the other system must not change.',
      details: { contractId },
    },
  );
}

function notKept(contractId: string): SpotDraftError {
  return new SpotDraftError(`The external metadata of ${contractId} is not what was written.`, {
    code: 'spotdraft.unexpected_answer',
    recovery: 'operator',
    hint: 'Somebody may have written at the same time. Look at the link with the other system in SpotDraft before you redrive this.',
    details: { contractId },
  });
}
