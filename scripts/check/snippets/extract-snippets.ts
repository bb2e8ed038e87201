/** One block of code in a Markdown file. */
export interface Snippet {
  /** Path of the Markdown file. */
  readonly file: string;
  /** Line of the Markdown file on which the code begins, counted from 1. */
  readonly line: number;
  readonly extension: 'ts' | 'mjs' | 'cjs';
  readonly code: string;
}

export interface ExtractedSnippets {
  readonly snippets: readonly Snippet[];
  /** Skip marks that are not allowed, each with file and line. */
  readonly problems: readonly string[];
}

const languages: Readonly<Record<string, 'typescript' | 'javascript'>> = {
  ts: 'typescript',
  mts: 'typescript',
  typescript: 'typescript',
  js: 'javascript',
  mjs: 'javascript',
  cjs: 'javascript',
  javascript: 'javascript',
};

/**
 * Finds every TypeScript and JavaScript block of a Markdown text, also inside lists and quotes of other blocks' fences.
 *
 * `<!-- snippet: skip REASON -->` on the line above leaves a JavaScript block out. TypeScript blocks are never left out.
 */
export function extractSnippets(markdown: string, options: { readonly file: string }): ExtractedSnippets {
  const snippets: Snippet[] = [];
  const problems: string[] = [];
  const lines = markdown.split(/\r?\n/);
  for (let index = 0; index < lines.length; index += 1) {
    const fence = openingFence(lines[index] ?? '');
    if (fence === undefined) continue;
    const code: string[] = [];
    const mark = skipMark(lines, index);
    const line = index + 2;
    while (++index < lines.length && !closes(lines[index] ?? '', fence)) code.push(withoutIndent(lines[index] ?? '', fence.indent));
    const language = languages[fence.language];
    if (language === undefined) continue;
    const problem = mark === undefined ? undefined : problemWith(mark, language);
    if (problem !== undefined) problems.push(`${options.file}:${line - 1}: ${problem}`);
    else if (mark === undefined) snippets.push({ file: options.file, line, extension: extensionOf(language, code), code: code.join('\n') });
  }
  return { snippets, problems };
}

interface Fence {
  readonly indent: number;
  readonly marker: string;
  readonly language: string;
}

function openingFence(line: string): Fence | undefined {
  const [, indent = '', marker, language = ''] = /^(\s*)(`{3,}|~{3,})\s*([\w-]*)[^`]*$/.exec(line) ?? [];
  return marker === undefined ? undefined : { indent: indent.length, marker, language: language.toLowerCase() };
}

function closes(line: string, fence: Fence): boolean {
  const text = line.trim();
  return text.startsWith(fence.marker) && text === fence.marker.charAt(0).repeat(text.length);
}

function withoutIndent(line: string, indent: number): string {
  return line.slice(Math.min(indent, line.length - line.trimStart().length));
}

/** The reason of the skip mark above a fence, which may be empty; undefined when there is no mark. */
function skipMark(lines: readonly string[], fenceIndex: number): string | undefined {
  const above = lines.slice(0, fenceIndex).findLast((line) => line.trim() !== '');
  return /^\s*<!--\s*snippet:\s*skip\b\s*(.*?)\s*-->\s*$/.exec(above ?? '')?.[1];
}

function problemWith(reason: string, language: 'typescript' | 'javascript'): string | undefined {
  if (language === 'typescript') return 'a TypeScript snippet is never skipped: complete it, or show it as text';
  return reason === '' ? 'a skipped snippet says why: <!-- snippet: skip REASON -->' : undefined;
}

function extensionOf(language: 'typescript' | 'javascript', code: readonly string[]): Snippet['extension'] {
  if (language === 'typescript') return 'ts';
  return code.some((line) => /\brequire\(/.test(line)) ? 'cjs' : 'mjs';
}
