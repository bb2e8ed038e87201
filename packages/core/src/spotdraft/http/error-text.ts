/** What an error's body says, whatever shape it has. */
export interface ErrorText {
  readonly providerMessage: string | undefined;
  /** Such as `SD_PUBLIC_00009`. */
  readonly providerCode: string | undefined;
  /** Fields that were found invalid, such as `limit` or `key_pointers.0.value`. */
  readonly fields: readonly string[];
}

const generalNames = new Set(['detail', 'message', 'error', 'code', 'status_code', 'non_field_errors']);
const longestMessage = 500;
const mostFields = 10;

/**
 * Reads the body of an error answer. SpotDraft has several shapes: a text under `detail`, `message` or `error`, with or without a code; texts
 * keyed by the field they are about, at any depth; nothing; and the HTML page of some proxy, of which nothing is read.
 */
export function readErrorText(body: unknown): ErrorText {
  const found = [...textsIn(body, [])];
  const texts = new Set(found.map(({ text }) => text));
  const fields = new Set(found.map(({ path }) => path.join('.')).filter((field) => /^[\w.]{1,80}$/.test(field)));
  const message = [...texts]
    .join(' ')
    .replaceAll(/https?:\/\/\S+/g, '[link]')
    .replaceAll(/[\p{Cc}\p{Cf}]+/gu, ' ');
  return {
    providerMessage: message.slice(0, longestMessage) || undefined,
    providerCode: codeIn(body),
    fields: [...fields].slice(0, mostFields),
  };
}

interface FoundText {
  readonly path: readonly string[];
  readonly text: string;
}

function* textsIn(value: unknown, path: readonly string[]): Generator<FoundText> {
  if (typeof value === 'string') {
    if (path.length > 0 || !value.trimStart().startsWith('<')) yield { path: path.filter((name) => !generalNames.has(name)), text: value };
  } else if (Array.isArray(value)) {
    // A list of texts is about one field; a list of objects is about its entries.
    for (const [index, entry] of value.entries()) yield* textsIn(entry, typeof entry === 'string' ? path : [...path, String(index)]);
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, entry] of Object.entries(value)) if (name !== 'code') yield* textsIn(entry, [...path, name]);
  }
}

function codeIn(body: unknown): string | undefined {
  const code = typeof body === 'object' && body !== null && 'code' in body ? body.code : undefined;
  return typeof code === 'string' && /^\w{1,60}$/.test(code) ? code : undefined;
}
