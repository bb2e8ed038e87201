import type { KeptMetadata } from './drive-item.ts';

/** The column that holds the key. */
export const keyColumn = 'ArchiveKey';
const prefix = 'Archive';

/** The prefix keeps our columns apart from SharePoint's own, such as `Title`. */
export function columnOf(property: string): string {
  return `${prefix}${property.slice(0, 1).toUpperCase()}${property.slice(1)}`;
}

/** True for a column that this library makes, by its name. */
export function isOurs(column: string): boolean {
  return column.startsWith(prefix);
}

/** Key and properties out of the fields of a list item; other people's columns are left alone. */
export function readFields(fields: Readonly<Record<string, unknown>> = {}): KeptMetadata {
  const properties: Record<string, string> = {};
  for (const [column, value] of Object.entries(fields)) {
    if (!isOurs(column) || column === keyColumn || typeof value !== 'string' || value === '') continue;
    const name = column.slice(prefix.length);
    properties[name.slice(0, 1).toLowerCase() + name.slice(1)] = value;
  }
  const key = fields[keyColumn];
  return { key: typeof key === 'string' && key !== '' ? key : undefined, properties };
}
