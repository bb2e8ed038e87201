import type { NamingRules } from '../destination/naming-rules.ts';
import { legalText } from './legal-text.ts';

export interface LegalNameOptions {
  readonly rules: NamingRules;
  /** True for a name that lies directly below the destination's root. */
  readonly isAtRoot: boolean;
}

/**
 * Makes a file or folder name of a text: legal under the rules whatever the text is, except for its length. A legal name stays as it is.
 *
 * Letters, digits, `-` and `_` have to be legal anywhere in a name. A name never begins with a dot: such files are hidden on many systems,
 * and `.` and `..` are not files at all.
 */
export function legalName(text: string, { rules, isAtRoot }: LegalNameOptions): string {
  const characters = legalText(text, rules).trim();
  const name = withoutForbiddenEnding(withoutForbiddenFragments(characters, rules), rules);
  return isRefused(name, { rules, isAtRoot }) ? `_${name}` : name;
}

// Without its first character a fragment is still readable, and what remains is shorter, so this comes to an end.
function withoutForbiddenFragments(text: string, rules: NamingRules): string {
  const lowerCase = withSmallLetters(text);
  for (const fragment of rules.forbiddenFragments) {
    const index = lowerCase.indexOf(withSmallLetters(fragment));
    if (index >= 0) return withoutForbiddenFragments(text.slice(0, index) + text.slice(index + 1), rules);
  }
  return text;
}

// `toLowerCase` makes two characters of some letters, and the index would be off.
function withSmallLetters(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

function withoutForbiddenEnding(text: string, { forbiddenEndings }: NamingRules): string {
  let end = text.length;
  while (end > 0 && (text[end - 1] === ' ' || forbiddenEndings.includes(text[end - 1] ?? ''))) end -= 1;
  return text.slice(0, end).trimStart();
}

function isRefused(name: string, { rules, isAtRoot }: LegalNameOptions): boolean {
  const lowerCase = name.toLowerCase();
  return (
    name === '' ||
    name.startsWith('.') ||
    rules.forbiddenPrefixes.some((prefix) => lowerCase.startsWith(prefix.toLowerCase())) ||
    rules.reservedNames.some((reserved) => isReserved(lowerCase, reserved.toLowerCase())) ||
    (isAtRoot && (rules.reservedRootNames ?? []).some((reserved) => lowerCase === reserved.toLowerCase()))
  );
}

// Windows takes `CON.pdf`, and even `CON .pdf`, for the device.
// https://learn.microsoft.com/windows/win32/fileio/naming-a-file
function isReserved(name: string, reserved: string): boolean {
  return name.startsWith(reserved) && /^ *(?:\.|$)/.test(name.slice(reserved.length));
}
