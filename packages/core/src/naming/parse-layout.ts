import type { FieldPart, LayoutPart, TextPart } from './layout.ts';
import { layoutError } from './layout-error.ts';
import { parseField } from './parse-field.ts';

/** What lies between two slashes of a layout. */
export interface ParsedSegment {
  readonly parts: readonly LayoutPart[];
  /** As it was written. */
  readonly source: string;
  /** Where it begins, counted from 1. */
  readonly position: number;
}

/** A doubled brace or bracket, a field, a single sign, or the text up to the next of them. */
const tokens = /\{\{|\}\}|\[\[|\]\]|\{[^{}]*\}|[{}[\]/]|[^{}[\]/]+/g;

/**
 * Splits a layout into segments and their parts. Throws `ConfigurationError` `config.invalid_layout` when braces or brackets do not match,
 * and when a field is wrong.
 */
export function parseLayout(template: string): readonly ParsedSegment[] {
  const segments: ParsedSegment[] = [];
  let parts: LayoutPart[] = [];
  let optional: OpenOptional | undefined;
  let start = 0;

  const finishSegment = (end: number): void => {
    segments.push({ parts: joinTexts(parts), source: template.slice(start, end), position: start + 1 });
    parts = [];
    start = end + 1;
  };

  for (const { 0: token, index } of template.matchAll(tokens)) {
    const position = index + 1;
    if (token === '[') {
      if (optional) throw layoutError(template, mistakes.nested(position));
      optional = { parts: [], position };
    } else if (token === ']') {
      if (!optional) throw layoutError(template, mistakes.unopened(']', position));
      parts.push(closeOptional(optional, template));
      optional = undefined;
    } else if (token === '/') {
      if (optional) throw layoutError(template, mistakes.slashInside(position));
      finishSegment(index);
    } else {
      (optional?.parts ?? parts).push(parseToken(token, { template, position }));
    }
  }
  if (optional) throw layoutError(template, mistakes.unclosed('[', optional.position));
  finishSegment(template.length);
  return segments;
}

interface OpenOptional {
  readonly parts: (TextPart | FieldPart)[];
  readonly position: number;
}

function parseToken(token: string, source: { readonly template: string; readonly position: number }): TextPart | FieldPart {
  if (token === '{') throw layoutError(source.template, mistakes.unclosed('{', source.position));
  if (token === '}') throw layoutError(source.template, mistakes.unopened('}', source.position));
  if (/^(?:\{\{|\}\}|\[\[|\]\])$/.test(token)) return { type: 'text', text: token.slice(1) };
  return token.startsWith('{') ? parseField(token.slice(1, -1), source) : { type: 'text', text: token };
}

function closeOptional({ parts, position }: OpenOptional, template: string): LayoutPart {
  const canVanish = parts.some((part) => part.type === 'field' && part.default === undefined);
  if (!canVanish) throw layoutError(template, mistakes.neverVanishes(position));
  return { type: 'optional', parts: joinTexts(parts) };
}

/** Neighbouring texts become one, so that an escaped brace does not cut a word. */
function joinTexts<Part extends LayoutPart>(parts: readonly Part[]): readonly Part[] {
  const joined: Part[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (part.type === 'text' && last?.type === 'text') joined[joined.length - 1] = { ...last, text: last.text + part.text };
    else joined.push(part);
  }
  return joined;
}

const mistakes = {
  nested: (position: number) => ({
    position,
    part: '[',
    problem: 'an optional part lies inside another',
    hint: 'Put them side by side, as in [{referenceId}][ {version}]. A bracket of the name itself is doubled: [[.',
  }),
  slashInside: (position: number) => ({
    position,
    part: '/',
    problem: 'a slash lies inside an optional part',
    hint: 'Write [{entity}]/ instead of [{entity}/]: a folder whose only part vanishes, vanishes as well.',
  }),
  unclosed: (sign: '{' | '[', position: number) => ({
    position,
    part: sign,
    problem: `"${sign}" is never closed`,
    hint: `Close it with "${sign === '{' ? '}' : ']'}"; one that belongs to the name itself is doubled: ${sign}${sign}.`,
  }),
  unopened: (sign: '}' | ']', position: number) => ({
    position,
    part: sign,
    problem: `"${sign}" closes nothing`,
    hint: `Open it with "${sign === '}' ? '{' : '['}"; one that belongs to the name itself is doubled: ${sign}${sign}.`,
  }),
  neverVanishes: (position: number) => ({
    position,
    part: '[',
    problem: 'this optional part can never vanish',
    hint: 'Put a field without a default into it. Brackets of the name itself are doubled: [[ and ]].',
  }),
};
