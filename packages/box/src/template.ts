import type { CallOptions, PropertyName } from '@spotdraft-archive/core/destination';
import type { BoxApi, TemplateAddress } from './api.ts';
import { templateMissing } from './errors.ts';
import type { BoxSettings } from './options.ts';
import type { Template } from './wire-types.ts';

/** The field that carries the key. */
export const keyField = 'archiveKey';
/** Takes, as JSON, the properties for which the template has no field. */
export const restField = 'otherProperties';

/** Fields of the template that `check` creates, besides the key: what an archive of contracts is asked for. */
const propertyFields: Readonly<Record<PropertyName, string>> = {
  contractId: 'Contract id',
  versionId: 'Version id',
  document: 'Document',
  sha256: 'SHA-256',
  source: 'Source',
  title: 'Title',
  contractType: 'Contract type',
  counterparties: 'Counterparties',
  executedAt: 'Executed at',
  referenceId: 'Reference',
  entity: 'Entity',
  owner: 'Owner',
  createdAt: 'Created at',
};

/** Where key and properties of a file are kept. */
export interface Carrier extends TemplateAddress {
  /** The names that may be written; `undefined`: any. */
  readonly fields: ReadonlySet<string> | undefined;
}

/** Takes any names without set-up, but no query reads it. https://developer.box.com/guides/metadata/templates/ */
export const globalCarrier: Carrier = { scope: 'global', templateKey: 'properties', fields: undefined };

/**
 * Finds the enterprise's template, and creates it where it is missing and the app may.
 *
 * Safe to repeat, also from several processes at once. Throws `destination.forbidden` with what an admin has to do.
 */
export async function ensureTemplate(
  api: BoxApi,
  { templateKey }: Pick<BoxSettings, 'templateKey'>,
  options: CallOptions,
): Promise<Carrier> {
  const found = await api.readTemplate(templateKey, options);
  if (found !== undefined) return toCarrier(found);
  const answer = await api.createTemplate(definitionOf(templateKey), options);
  if (answer.status === 403) throw templateMissing(templateKey);
  // After 409 it is there: another process was faster, or the reply to our own request was lost.
  const made = await api.readTemplate(templateKey, options);
  if (made === undefined) throw templateMissing(templateKey);
  return toCarrier(made);
}

function toCarrier({ scope, templateKey, fields }: Template): Carrier {
  const texts = (fields ?? []).filter(({ type }) => type === 'string').map(({ key }) => key);
  if (!texts.includes(keyField)) throw templateMissing(templateKey);
  return { scope, templateKey, fields: new Set(texts) };
}

function definitionOf(templateKey: string): object {
  const names = { [keyField]: 'Archive key', ...propertyFields, [restField]: 'Other properties' };
  return {
    scope: 'enterprise',
    templateKey,
    displayName: 'SpotDraft archive',
    hidden: false,
    // A copy that a person makes is not the archived one, so the key must not travel with it.
    copyInstanceOnItemCopy: false,
    fields: Object.entries(names).map(([key, displayName]) => ({ type: 'string', key, displayName })),
  };
}
