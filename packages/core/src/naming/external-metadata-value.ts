import type { ExternalMetadata } from '../contract/contract-facts.ts';
import { externalMetadataFields } from './layout-fields.ts';

/**
 * Looks up `id`, `integration_name`, `record_type`, `object_configuration_id` or a path below `record_data`, such as `record_data.Account.Name`
 * or `record_data.lines.0`. Names that themselves hold a dot are found too.
 */
export function externalMetadataValue(metadata: ExternalMetadata | undefined, path: string): unknown {
  if (!metadata) return undefined;
  if (isFixed(path)) return metadata[externalMetadataFields[path]];
  return valueAt(metadata.recordData, path.slice('record_data.'.length));
}

function isFixed(path: string): path is keyof typeof externalMetadataFields {
  return Object.hasOwn(externalMetadataFields, path);
}

function valueAt(value: unknown, path: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  if (Object.hasOwn(value, path)) return (value as Readonly<Record<string, unknown>>)[path];
  const dot = path.indexOf('.');
  if (dot < 0 || !Object.hasOwn(value, path.slice(0, dot))) return undefined;
  return valueAt((value as Readonly<Record<string, unknown>>)[path.slice(0, dot)], path.slice(dot + 1));
}
