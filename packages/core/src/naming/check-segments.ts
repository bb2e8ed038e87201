import type { LayoutPart } from './layout.ts';
import { layoutError } from './layout-error.ts';
import { identifyingFields } from './layout-fields.ts';
import { hasText } from './legal-text.ts';
import type { ParsedSegment } from './parse-layout.ts';

/** Enough for any archive, and few enough to fit into the shortest path that a store allows. */
const maxFolders = 20;

/** Throws `ConfigurationError` `config.invalid_layout` when a layout is no text, is absolute, or holds characters that no name may have. */
export function checkTemplate(template: unknown): asserts template is string {
  const fail = (position: number, part: string, problem: string, hint: string) =>
    layoutError(String(template), { position, part, problem, hint });
  if (typeof template !== 'string' || template.trim() === '') {
    throw fail(1, String(template), 'the layout is empty', "Write one, such as '{executedAt:yyyy}/{counterparty}/{title}'.");
  }
  const root = /^(?:\/|~(?=\/)|[A-Za-z]:)/.exec(template)?.[0];
  if (root !== undefined)
    throw fail(1, root, 'the layout is an absolute path', 'Leave the beginning out: paths start at the root of the destination.');
  const backslash = template.indexOf('\\');
  if (backslash >= 0)
    throw fail(
      backslash + 1,
      '\\',
      'a backslash separates nothing',
      'Separate folders with "/". Braces and brackets of the name itself are doubled.',
    );
  const invisible = template.search(/[\p{Cc}\p{Cf}\p{Cs}]/u);
  if (invisible >= 0) throw fail(invisible + 1, codePointAt(template, invisible), 'the layout holds an invisible character', 'Remove it.');
}

/** Throws `ConfigurationError` `config.invalid_layout` when a segment would be no name, or the file name says nothing about the contract. */
export function checkSegments(template: string, segments: readonly ParsedSegment[]): void {
  for (const segment of segments) checkSegment(template, segment);

  const name = segments.at(-1);
  if (name && !name.parts.some(identifies)) {
    throw layoutError(template, {
      position: name.position,
      part: name.source,
      problem: 'the file name says nothing about the contract',
      hint: `Let it hold ${identifyingFields.map((field) => `{${field}}`).join(', ')} or several of them, outside of [...].`,
    });
  }
  if (segments.length > maxFolders + 1) {
    throw layoutError(template, {
      position: segments[maxFolders]?.position ?? 1,
      part: segments[maxFolders]?.source ?? '',
      problem: `there are more than ${maxFolders} folders`,
      hint: 'Use fewer.',
    });
  }
}

function checkSegment(template: string, { parts, position, source }: ParsedSegment): void {
  const fail = (problem: string, hint: string) => layoutError(template, { position, part: source, problem, hint });
  if (parts.length === 0) throw fail('a folder or file name is empty', 'Remove the extra "/", or put a name there.');
  const [only] = parts;
  if (parts.length === 1 && only?.type === 'text' && !hasText(only.text)) {
    throw fail(`"${source}" is no name`, 'Leave it out: a layout only leads downwards, and every folder has a name.');
  }
}

function identifies(part: LayoutPart): boolean {
  return part.type === 'field' && identifyingFields.includes(part.field);
}

function codePointAt(text: string, index: number): string {
  return `U+${(text.codePointAt(index) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
