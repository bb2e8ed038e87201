import { folderMimeType } from './wire-types.ts';

/** Text as a string of Drive's search language. https://developers.google.com/workspace/drive/api/guides/search-files */
function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

export function inFolder(folderId: string): string {
  return `${quote(folderId)} in parents`;
}

export function named(name: string): string {
  return `name = ${quote(name)}`;
}

export const isFolder: string = `mimeType = ${quote(folderMimeType)}`;

/** Lists include the bin unless told otherwise. */
export const notInBin = 'trashed = false';

export function hasProperty(
  field: 'appProperties' | 'properties',
  { name, value }: { readonly name: string; readonly value: string },
): string {
  return `${field} has { key=${quote(name)} and value=${quote(value)} }`;
}

export function allOf(...terms: readonly string[]): string {
  return terms.join(' and ');
}
