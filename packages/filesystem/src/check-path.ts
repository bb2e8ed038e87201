import type { DocumentPath } from '@spotdraft-archive/core/destination';
import { unsafePath } from './errors.ts';
import { ownName } from './index-layout.ts';

// Core makes every name legal first. This is the last door before the disk, so it does not rely on that.
const unsafeCharacters = /[/\\\p{Cc}]/u;

/** Throws `destination.name_rejected` for a path that could lead anywhere but to its own place below the directory. */
export function checkPath({ folders, name }: DocumentPath): void {
  for (const component of [...folders, name]) {
    const isOurs = component.toLowerCase().startsWith(ownName);
    if (['', '.', '..'].includes(component) || isOurs || unsafeCharacters.test(component)) throw unsafePath();
  }
}
