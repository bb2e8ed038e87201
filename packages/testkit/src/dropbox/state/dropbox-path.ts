import { routeError, type Tagged, tags } from '../dropbox-refusal.ts';

const disallowedNames = new Set(['desktop.ini', 'thumbs.db', '.ds_store', 'icon\r', '.dropbox', '.dropbox.attr', '.dropbox.cache']);
const maxNameLength = 255;

/** Dropbox compares names without regard to case. */
export function foldCase(path: string): string {
  return Array.from(path, (character) => (character.toLowerCase().length === character.length ? character.toLowerCase() : character)).join(
    '',
  );
}

/** `/A/b.pdf` is ['A', 'b.pdf']. */
function segmentsOf(path: string): string[] {
  return path.split('/').slice(1);
}

export function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Throws when nothing may be written at a path. `wrap` puts the write error into the route's own. */
export function checkWritablePath(path: string, wrap: (error: Tagged) => Tagged): void {
  for (const name of segmentsOf(path)) {
    if (isMalformed(name)) throw routeError(wrap({ '.tag': 'malformed_path', malformed_path: null }));
    if (disallowedNames.has(name.toLowerCase())) throw routeError(wrap(tags('disallowed_name')));
  }
}

/** Characters beyond U+FFFF are taken by some accounts and refused by others; the emulator is the strict kind. */
function isMalformed(name: string): boolean {
  return name === '' || name === '.' || name === '..' || name.length > maxNameLength || /[\0\\\x7f\u{10000}-\u{10ffff}]| $/u.test(name);
}
