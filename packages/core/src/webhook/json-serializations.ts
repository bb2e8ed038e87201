/** Webhooks nest four levels deep. Indenting what is nested very deep would make a small body huge. */
const deepestNesting = 10;

/**
 * The same JSON in the ways in which serializers commonly write it: compact, indented, with Python's spaces, with and without escapes for
 * what is not ASCII. Empty when it is not JSON.
 */
export function serializationsOf(json: Buffer): readonly Buffer[] {
  try {
    const value: unknown = JSON.parse(json.toString('utf8'));
    if (!isShallow(value, deepestNesting)) return [];
    const texts = [JSON.stringify(value), pythonStyle(value), JSON.stringify(value, null, 2), JSON.stringify(value, null, 4)];
    return texts.flatMap((text) => [text, escapeNonAscii(text)]).map((text) => Buffer.from(text));
  } catch {
    return [];
  }
}

function isShallow(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return levels > 0 && Object.values(value).every((inner) => isShallow(inner, levels - 1));
}

/** What Python's `json.dumps` writes: one line, a space after each comma and colon. */
function pythonStyle(value: unknown): string {
  // A line break in indented JSON is never part of a string: there it is written as \n.
  return JSON.stringify(value, null, 1).replace(/,\n */g, ', ').replace(/\n */g, '');
}

function escapeNonAscii(text: string): string {
  return text.replace(/[\u007f-\uffff]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
