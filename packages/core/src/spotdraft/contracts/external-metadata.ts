import { z } from 'zod';
import type { ExternalMetadata } from '../../contract/contract-facts.ts';
import { parseContractId } from '../../contract/contract-id.ts';
import { SpotDraftError } from '../../errors/spotdraft-error.ts';
import { object, text } from '../answer-fields.ts';
import type { Requester, RequestOptions } from '../http/requester.ts';
import { type WithRaw, withRaw } from '../with-raw.ts';

const answerFields = z.looseObject({ external_metadata: object });
const fields = z.looseObject({
  id: text,
  integration_name: text,
  record_type: text,
  record_data: object,
  object_configuration_id: text,
});

/** Reads the record of another system; `undefined` when there is none, or one without an id. */
export function readExternalMetadata(raw: unknown): WithRaw<ExternalMetadata> | undefined {
  const { success, data } = fields.safeParse(raw);
  if (!success || data.id === undefined) return undefined;
  const metadata = {
    id: data.id,
    integrationName: data.integration_name,
    recordType: data.record_type,
    recordData: data.record_data ?? {},
    objectConfigurationId: data.object_configuration_id,
  };
  return withRaw(metadata, raw);
}

// What SpotDraft answers when the record's own kind is unknown to it, which includes that there is no record.
const noRecordCode = 'SD_INTEGRATIONS_00021';

/** The record of another system that a contract is linked with; `undefined` when it is linked with none. */
export async function getExternalMetadata(
  requester: Requester,
  contractId: string,
  { signal }: RequestOptions = {},
): Promise<WithRaw<ExternalMetadata> | undefined> {
  const { text: id } = parseContractId(contractId);
  try {
    return await requester.json({ method: 'GET', path: `/contracts/${id}/external_metadata`, signal }, (answer) =>
      readExternalMetadata(answerFields.parse(answer).external_metadata),
    );
  } catch (error) {
    if (error instanceof SpotDraftError && error.providerCode === noRecordCode) return undefined;
    throw error;
  }
}

export interface SetExternalMetadataOptions extends RequestOptions {
  readonly metadata: ExternalMetadata;
}

/** Writes all five fields of the record. Safe to repeat. */
export async function setExternalMetadata(
  requester: Requester,
  contractId: string,
  { metadata, signal }: SetExternalMetadataOptions,
): Promise<WithRaw<ExternalMetadata> | undefined> {
  const { text: id } = parseContractId(contractId);
  const body = {
    external_metadata: {
      id: metadata.id,
      integration_name: metadata.integrationName,
      record_type: metadata.recordType,
      record_data: metadata.recordData,
      object_configuration_id: metadata.objectConfigurationId,
    },
  };
  return requester.json({ method: 'POST', path: `/contracts/${id}/external_metadata`, body, signal }, (answer) =>
    readExternalMetadata(answerFields.parse(answer).external_metadata),
  );
}
