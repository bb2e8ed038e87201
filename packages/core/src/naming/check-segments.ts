import type { LayoutPart } from './layout.ts';
import { layoutError } from './layout-error.ts';
import { identifyingFields } from './layout-fields.ts';
import { hasText } from './legal-text.ts';
import type { ParsedSegment } from './parse-layout.ts';

/** Enough for any archive, and few enough to fit into the shortest path that a store allows. */
const maxFolders = 20;

/** Throws `ConfigurationError` `config.invalid_layout` when a layout is no text, is absolute, or holds characters that no name may have. */
export function checkTemplate(template: unknown): asserts template is string {
  if (typeof template !== 'string' || template.trim() === '') {
    const hint = "Write one, such as '{executedAt:yyyy}/{counterparty}/{title}'.";
    throw layoutError(String(template), { position: 1, part: String(template), problem: 'the layout is empty', hint });
  }
  const root = /^(?:\/|~(?=\/)|[A-Za-z]:)/.exec(template)?.[0];
  if (root !== undefined) {
    const hint = 'Leave the beginning out: paths start at the root of the destination.';
    throw layoutError(template, { position: 1, part: root, problem: 'the layout is an absolute path', hint });
  }
  const backslash = template.indexOf('\\');
  if (backslash >= 0) {
    const hint = 'Separate folders with "/". Braces and brackets of the name itself are doubled.';
    throw layoutError(template, { position: backslash + 1, part: '\\', problem: 'a backslash separates nothing', hint });
  }
  const invisible = template.search(/[\p{Cc}\p{Cf}\p{Cs}]/u);
  if (invisible >= 0) {
    const part = codePointAt(template, invisible);
    throw layoutError(template, { position: invisible + 1, part, problem: `${part} is an invisible character`, hint: 'Remove it.' });
  }
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
