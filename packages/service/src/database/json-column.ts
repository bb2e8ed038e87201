/** A text column that holds JSON, and what the JSON says. */
export type JsonText<Value> = string & { readonly __value?: Value };

/** Writes structured data for a text column. */
export function writeJson<Value>(value: Value): JsonText<Value> {
  return JSON.stringify(value);
}

/** Reads what `writeJson` wrote; `undefined` for an empty column. */
export function readJson<Value>(text: JsonText<Value> | null): Value | undefined {
  return text === null ? undefined : (JSON.parse(text) as Value);
}
