import { readSmallBody } from '../../emulator/index.ts';
import { invalidRequest } from '../graph-refusal.ts';

export type Json = Readonly<Record<string, unknown>>;

/** Reads a JSON object; an absent body reads as `{}`. */
export async function readJson(request: Request): Promise<Json> {
  const text = new TextDecoder().decode(await readSmallBody(request.body as Parameters<typeof readSmallBody>[0]));
  if (text === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value as Json;
  } catch {
    // Falls through to the refusal.
  }
  throw invalidRequest('Unable to read JSON request payload.');
}

export function asObject(value: unknown): Json {
  return typeof value === 'object' && value !== null ? (value as Json) : {};
}

export function readConflictBehavior(value: unknown, fallback: 'fail' | 'replace' | 'rename'): 'fail' | 'replace' | 'rename' {
  if (value === undefined || value === null) return fallback;
  if (value === 'fail' || value === 'replace' || value === 'rename') return value;
  throw invalidRequest('Invalid value of @microsoft.graph.conflictBehavior.');
}
