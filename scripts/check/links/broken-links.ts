import { posix } from 'node:path';

export interface MarkdownPage {
  /** Path below the repository, with slashes. */
  readonly file: string;
  readonly text: string;
}

/**
 * The links of a page that lead to no file of the repository, each with file and line. Links to other sites and within the page are not looked at.
 */
export function brokenLinks(page: MarkdownPage, options: { readonly exists: (path: string) => boolean }): string[] {
  const lines = withoutCode(page.text).split('\n');
  return lines.flatMap((line, index) =>
    [...line.matchAll(/\]\(([^)\s]+)/g)].flatMap(([, target = '']) => {
      const path = pathOf(target, page.file);
      return path === undefined || options.exists(path) ? [] : [`${page.file}:${index + 1} links to ${target}, which does not exist`];
    }),
  );
}

/** The path below the repository to which a link leads; undefined when it leads elsewhere. */
function pathOf(target: string, file: string): string | undefined {
  const [path = ''] = target.split('#');
  if (path === '' || /^[a-z][a-z+.-]*:/i.test(path)) return undefined;
  return posix.join(posix.dirname(file), decodeURI(path));
}

/** The text with blank lines for blocks of code and with nothing for code in a line. */
function withoutCode(text: string): string {
  const withoutBlocks = text.replace(/^([ \t]*)(`{3,}|~{3,})[^\n]*\n[\s\S]*?^[ \t]*\2[ \t]*$/gm, (block) => block.replace(/[^\n]/g, ''));
  return withoutBlocks.replace(/`[^`\n]*`/g, '');
}
