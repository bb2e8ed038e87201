import type { Receipt } from '@spotdraft-archive/core';
import type { DocumentPath } from '@spotdraft-archive/core/destination';

/** Where a receipt says that its copy lies. */
export function pathOfReceipt({ path }: Pick<Receipt, 'path'>): DocumentPath {
  const folders = path.split('/');
  const name = folders.pop() ?? '';
  return { folders, name };
}

/** Writes a path as receipts do. */
export function pathText({ folders, name }: DocumentPath): string {
  return [...folders, name].join('/');
}
