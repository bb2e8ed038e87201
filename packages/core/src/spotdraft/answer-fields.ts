import { z } from 'zod';

// SpotDraft leaves optional fields out, sends them as null, and shows ids now as numbers and now as texts. So only what nothing can be done
// without is required; whatever else is not what it should be counts as absent.

type Field<Value> = z.ZodType<Value | undefined>;

/** A text that is not empty, or a number as text. */
export const text: Field<string> = lenient((value) => (typeof value === 'string' && value !== '' ? value : numberAsText(value)));
export const flag: Field<boolean> = lenient((value) => (typeof value === 'boolean' ? value : undefined));
export const number: Field<number> = lenient((value) => (typeof value === 'number' ? value : undefined));
/** A moment in ISO 8601. */
export const moment: Field<Date> = lenient((value) => {
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) ? undefined : new Date(time);
});
export const object: Field<Fields> = lenient((value) => (isFields(value) ? value : undefined));
/** A list of texts; anything else in it is left out. */
export const texts: z.ZodType<readonly string[]> = z
  .unknown()
  .optional()
  .transform((value) => (Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : []));

/** An id that cannot be done without: a number or a text, given as text. */
export const id: z.ZodType<string> = z.union([z.string().min(1), z.number().int()]).transform(String);

/** Fields by name, as they came. */
export type Fields = Readonly<Record<string, unknown>>;

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function lenient<Value>(read: (value: unknown) => Value | undefined): Field<Value> {
  return z.unknown().optional().transform(read);
}

function numberAsText(value: unknown): string | undefined {
  return typeof value === 'number' ? String(value) : undefined;
}

/** The rows of an answer: a list, a list in a list, a list under `results` or `items`, or one row alone. */
export function rowsIn(answer: unknown): readonly unknown[] {
  if (Array.isArray(answer)) return answer.flat();
  if (!isFields(answer)) return [];
  const list = answer['results'] ?? answer['items'];
  if (Array.isArray(list)) return list.flat();
  return Object.keys(answer).length === 0 ? [] : [answer];
}
