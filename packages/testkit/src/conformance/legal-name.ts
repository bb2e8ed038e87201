import type { LengthUnit, NamingRules } from '@spotdraft-archive/core/destination';

/** True when a destination's rules allow a name. */
export function isLegalName(name: string, rules: NamingRules): boolean {
  const upper = name.toUpperCase();
  const stem = upper.split('.')[0];
  return (
    !name.includes('/') &&
    Array.from(rules.forbiddenCharacters).every((character) => !name.includes(character)) &&
    rules.reservedNames.every((reserved) => ![upper, stem].includes(reserved.toUpperCase())) &&
    rules.forbiddenPrefixes.every((prefix) => !upper.startsWith(prefix.toUpperCase())) &&
    rules.forbiddenFragments.every((fragment) => !upper.includes(fragment.toUpperCase())) &&
    Array.from(rules.forbiddenEndings).every((ending) => !name.endsWith(ending)) &&
    (rules.supportsAstralCharacters || !/[\u{10000}-\u{10FFFF}]/u.test(name)) &&
    lengthOf(name, rules.lengthUnit) <= rules.maxNameLength
  );
}

export function lengthOf(text: string, unit: LengthUnit): number {
  if (unit === 'utf16') return text.length;
  return unit === 'code-points' ? Array.from(text).length : Buffer.byteLength(text);
}
