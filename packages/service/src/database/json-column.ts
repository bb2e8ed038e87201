/** Writes structured data for a text column. */
export function writeJson(value: unknown): string {
  return JSON.stringify(value);
}

/** Reads what `writeJson` wrote; `undefined` for an empty column. */
export function readJson<Value>(text: string | null): Value | undefined {
  return text === null ? undefined : (JSON.parse(text) as Value);
}
