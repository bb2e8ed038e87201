import type { BoxBehaviour } from './box-behaviour.ts';
import { BoxRefusal } from './box-refusal.ts';

const maxNameLength = 255;

/**
 * The name under which Box keeps an item that was asked for under this one. Throws when it refuses the name.
 *
 * https://developer.box.com/guides/files/limitations
 */
export function keptName(name: string, { strippedCharacters }: Pick<BoxBehaviour, 'strippedCharacters'>): string {
  if (name.length > maxNameLength) throw new BoxRefusal(400, 'item_name_too_long');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what Box refuses.
  if (name === '' || name === '.' || name === '..' || /[/\\\u0000-\u001f\u007f]/.test(name)) throw new BoxRefusal(400, 'item_name_invalid');
  const kept = Array.from(name)
    .filter((character) => !strippedCharacters.includes(character))
    .join('')
    .trim();
  if (kept === '') throw new BoxRefusal(400, 'item_name_invalid');
  return kept;
}
