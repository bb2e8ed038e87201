import { join } from 'node:path';
import type { NamingRules } from '../../src/destination/naming-rules.ts';
import type { DocumentPath } from '../../src/destination/storage-destination.ts';

/** Everything a store with these rules, or a careful person, would object to. Written apart from the code that it judges. */
export function problemsWithPath({ folders, name }: DocumentPath, rules: NamingRules): readonly string[] {
  const names = [...folders, name];
  const path = names.join('/');
  const problems = names.flatMap((each) => problemsWithName(each, rules).map((problem) => `${JSON.stringify(each)} ${problem}`));
  if (measure(path, rules) > rules.maxPathLength) problems.push('the path is too long');
  if (join('/archive', path) !== `/archive/${path}`) problems.push('the path leaves its folder');
  if (rules.reservedRootNames?.includes(names[0]?.toLowerCase() ?? '')) problems.push('the first name is reserved at the root');
  return problems;
}

function problemsWithName(name: string, rules: NamingRules): readonly string[] {
  const lowerCase = name.toLowerCase();
  const beforeDots = new Set(Array.from(lowerCase.matchAll(/\.|$/g), ({ index }) => lowerCase.slice(0, index).trimEnd()));
  const objections: Readonly<Record<string, boolean>> = {
    'is empty': name === '',
    'holds a slash': name.includes('/'),
    'is not in NFC': name !== name.normalize('NFC'),
    'holds half a character': Array.from(name).some((character) => /^[\uD800-\uDFFF]$/.test(character)),
    'holds an invisible character': Array.from(name).some(isInvisible),
    'begins or ends with a space': name !== name.trim(),
    'begins with a dot': name.startsWith('.'),
    'holds a forbidden character': Array.from(rules.forbiddenCharacters).some((character) => name.includes(character)),
    'holds a forbidden fragment': rules.forbiddenFragments.some((fragment) => lowerCase.includes(fragment)),
    'has a forbidden beginning': rules.forbiddenPrefixes.some((prefix) => lowerCase.startsWith(prefix)),
    'has a forbidden ending': rules.forbiddenEndings.includes(name.at(-1) ?? '?'),
    'is reserved': rules.reservedNames.some((reserved) => beforeDots.has(reserved.toLowerCase())),
    'holds an astral character': !rules.supportsAstralCharacters && /[\uD800-\uDFFF]/.test(name),
    'is too long': measure(name, rules) > rules.maxNameLength,
  };
  return Object.keys(objections).filter((objection) => objections[objection]);
}

/** First and last code points of what nobody sees, or what makes other text look different from what it is. */
const invisibleRanges: readonly (readonly [number, number])[] = [
  [0x00, 0x1f],
  [0x7f, 0x9f],
  [0xad, 0xad],
  [0x61c, 0x61c],
  [0x200b, 0x200f],
  [0x2028, 0x202e],
  [0x2060, 0x206f],
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
  [0xfffe, 0xffff],
  [0xe0000, 0xe0fff],
];

function isInvisible(character: string): boolean {
  const codePoint = character.codePointAt(0) ?? 0;
  return invisibleRanges.some(([first, last]) => codePoint >= first && codePoint <= last);
}

function measure(text: string, { lengthUnit }: NamingRules): number {
  const counts = { utf16: text.length, 'utf8-bytes': Buffer.byteLength(text), 'code-points': Array.from(text).length };
  return counts[lengthUnit];
}
