import type { z } from 'zod';
import { readSmallBody } from '../../emulator/index.ts';
import { detailError, type FieldErrors, fieldErrors } from './api-error.ts';

const maxBytes = 64 * 1024 * 1024;

/** Reads a JSON body. Throws 400 with the errors by field, and 415 for another media type. An absent body reads as `{}`. */
export async function readJson<Output>(request: Request, schema: z.ZodType<Output>): Promise<Output> {
  const text = new TextDecoder().decode(await readSmallBody(request.body, maxBytes));
  const mediaType = request.headers.get('content-type') ?? '';
  if (text !== '' && !/^application\/json\b/i.test(mediaType)) throw detailError(415, `Unsupported media type "${mediaType}" in request.`);
  const parsed = schema.safeParse(text === '' ? {} : parseJson(text));
  if (!parsed.success) throw fieldErrors(byField(parsed.error.issues));
  return parsed.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw detailError(400, 'JSON parse error - the body is not JSON.');
  }
}

function byField(issues: readonly z.core.$ZodIssue[]): FieldErrors {
  const errors: Record<string, string[] | FieldErrors> = {};
  for (const { path, message } of issues) {
    const names = path.length === 0 ? ['non_field_errors'] : path.map(String);
    let level = errors;
    for (const name of names.slice(0, -1)) level = (level[name] ??= {}) as Record<string, string[] | FieldErrors>;
    const last = names.at(-1) ?? 'non_field_errors';
    level[last] = [...((level[last] as string[] | undefined) ?? []), message];
  }
  return errors;
}
