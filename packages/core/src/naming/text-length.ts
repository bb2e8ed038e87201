import type { LengthUnit } from '../destination/naming-rules.ts';

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** How long a text is, as a store counts. */
export function lengthOf(text: string, unit: LengthUnit): number {
  if (unit === 'utf16') return text.length;
  return unit === 'utf8-bytes' ? Buffer.byteLength(text) : Array.from(text).length;
}

/**
 * The longest beginning of a text that is at most `maxLength` long and cuts no visible character in two. Of a single visible character that
 * is longer than that (a letter under a heap of accents) some code points remain.
 */
export function shorten(text: string, { maxLength, unit }: { readonly maxLength: number; readonly unit: LengthUnit }): string {
  if (lengthOf(text, unit) <= maxLength) return text;
  const whole = takeWhileFitting(graphemesOf(text), { maxLength, unit });
  return (whole || takeWhileFitting(text, { maxLength, unit })).trimEnd();
}

function* graphemesOf(text: string): Iterable<string> {
  for (const { segment } of graphemes.segment(text)) yield segment;
}

function takeWhileFitting(
  pieces: Iterable<string>,
  { maxLength, unit }: { readonly maxLength: number; readonly unit: LengthUnit },
): string {
  let taken = '';
  let length = 0;
  for (const piece of pieces) {
    length += lengthOf(piece, unit);
    if (length > maxLength) break;
    taken += piece;
  }
  return taken;
}
