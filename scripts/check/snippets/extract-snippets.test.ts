import { describe, expect, it } from 'vitest';
import { extractSnippets } from './extract-snippets.ts';

const extract = (...lines: string[]) => extractSnippets(lines.join('\n'), { file: 'page.md' });

describe('extractSnippets', () => {
  it('finds each block with the line on which its code begins', () => {
    const { snippets } = extract('# Title', '', '```ts', 'one();', 'two();', '```', 'text', '~~~js', 'three();', '~~~');
    expect(snippets).toEqual([
      { file: 'page.md', line: 4, extension: 'ts', code: 'one();\ntwo();' },
      { file: 'page.md', line: 9, extension: 'mjs', code: 'three();' },
    ]);
  });

  it.each(['ts', 'typescript', 'TypeScript', 'ts title="app.ts"', ' ts'])('takes "```%s" for TypeScript', (info) => {
    expect(extract(`\`\`\`${info}`, 'one();', '```').snippets).toHaveLength(1);
  });

  it.each(['', 'sh', 'json', 'text', 'tsconfig'])('leaves "```%s" alone', (info) => {
    expect(extract(`\`\`\`${info}`, 'one();', '```').snippets).toEqual([]);
  });

  it('removes the indentation of a block in a list, and no more', () => {
    expect(extract('- item', '  ```ts', '  if (a) {', '    b();', '', '  }', '  ```').snippets[0]?.code).toBe('if (a) {\n  b();\n\n}');
  });

  it('does not look for blocks inside a longer fence', () => {
    expect(extract('````md', '```ts', 'broken(', '```', '````', '```ts', 'one();', '```').snippets.map(({ line }) => line)).toEqual([7]);
  });

  it('takes a block that calls require for CommonJS', () => {
    expect(extract('```js', "const { a } = require('a');", '```').snippets[0]?.extension).toBe('cjs');
  });

  it('reads a page with Windows line ends', () => {
    expect(extractSnippets('```ts\r\none();\r\n```\r\n', { file: 'page.md' }).snippets[0]?.code).toBe('one();');
  });

  it('keeps a block that is never closed', () => {
    expect(extract('```ts', 'one();').snippets[0]?.code).toBe('one();');
  });

  it('skips a JavaScript block that says why', () => {
    const { snippets, problems } = extract('<!-- snippet: skip runs in a browser -->', '```js', 'window.x;', '```');
    expect({ snippets, problems }).toEqual({ snippets: [], problems: [] });
  });

  it('skips neither TypeScript nor a block without a reason', () => {
    const { problems } = extract('<!-- snippet: skip later -->', '```ts', '```', '<!-- snippet: skip -->', '```js', '```');
    expect(problems).toEqual([expect.stringMatching(/^page\.md:2: .*never skipped/), expect.stringMatching(/^page\.md:5: .*says why/)]);
  });

  it('skips only the block right below the mark', () => {
    expect(extract('<!-- snippet: skip old -->', '```js', '```', '```js', 'one();', '```').snippets).toHaveLength(1);
  });
});
