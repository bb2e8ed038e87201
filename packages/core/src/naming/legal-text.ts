import type { NamingRules } from '../destination/naming-rules.ts';

// Zero-width and bidirectional characters, other controls, halves of characters, and code points that will never be characters.
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]/gu;
const beyondBasicPlane = /[\u{10000}-\u{10FFFF}]/gu;

/** What reads best in place of a character; any other becomes a hyphen. */
const replacements: Readonly<Record<string, string>> = { '"': "'", '<': '(', '>': ')', '?': '' };

/**
 * Replaces or removes each character that the rules, or any careful archive, would not have in a name: no slash, no control, invisible or
 * bidirectional character stays. The result is in NFC with single spaces; spaces at either end stay.
 */
export function legalText(text: string, rules: NamingRules): string {
  const visible = visibleText(text);
  const supported = rules.supportsAstralCharacters ? visible : visible.replace(beyondBasicPlane, standInFor);
  return withoutForbidden(supported, rules).replace(/ {2,}/g, ' ').normalize('NFC');
}

/** False for a text that shows nothing, or nothing but dots: as a name it would be no name, or another folder. */
export function hasText(text: string | null | undefined): text is string {
  return typeof text === 'string' && /[^. ]/.test(visibleText(text));
}

/** The first text that shows something. */
export function firstWithText(texts: readonly (string | undefined)[]): string | undefined {
  return texts.find(hasText);
}

// Normalised here, since that turns some characters into forbidden ones (U+037E becomes a semicolon), and again after those are gone.
function visibleText(text: string): string {
  return text.replace(/\s+/g, ' ').replace(invisible, '').normalize('NFC');
}

function withoutForbidden(text: string, { forbiddenCharacters }: NamingRules): string {
  const forbidden = new Set(['/', ...Array.from(forbiddenCharacters)]);
  const readable = forbidden.has(':') ? text.replaceAll(': ', ' - ') : text;
  return Array.from(readable, (character) => (forbidden.has(character) ? replacementFor(character, forbidden) : character)).join('');
}

function replacementFor(character: string, forbidden: ReadonlySet<string>): string {
  const wanted = replacements[character] ?? '-';
  return [wanted, '-', '_'].find((candidate) => !forbidden.has(candidate)) ?? '';
}

// An emoji says nothing that its absence would hide; a letter of somebody's name does.
function standInFor(character: string): string {
  return /\p{L}/u.test(character) ? '_' : '';
}
