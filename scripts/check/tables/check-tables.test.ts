import { expect, it } from 'vitest';
import { tableProblems } from './check-tables.ts';
import { readTables } from './read-tables.ts';
import { TypeMembers } from './type-members.ts';

const source = `
  interface Shared { readonly signal?: AbortSignal }
  export interface Options extends Shared, Pick<Other, 'url'> { readonly keys: string; readonly jobs?: Jobs; stop(): void }
  export interface Jobs { readonly attempts?: number; readonly delayMs?: number }
  export type Kind = 'moved' | 'gone for good';
`;

function problems(mark: string, ...cells: readonly string[]): string[] {
  const page = [
    '# Title',
    '',
    `<!-- members: ${mark} -->`,
    '',
    '| Name | |',
    '|---|---|',
    ...cells.map((cell) => `| ${cell} | text with \`code\` |`),
    '',
    'end',
  ];
  const [table] = readTables(page.join('\n'));
  return tableProblems(table!, new TypeMembers([source]));
}

it('finds nothing in a table that names each member, inherited ones and those of a member as well', () => {
  expect(problems('Options, jobs: Jobs', '`keys`, `url`', '`signal`', '`jobs.attempts`, `delayMs`', '`stop(now)`')).toEqual([]);
});

it('finds what is missing, and what there is not', () => {
  expect(problems('Options', '`keys`', '`signal`', '`jobs`', '`stop()`', '`wrong`')).toEqual(['url is missing', 'there is no wrong']);
  expect(problems('Jobs', '`attempts`')).toEqual(['delayMs is missing']);
  expect(problems('Options, jobs: Jobs', '`keys`, `url`, `signal`, `stop`', '`jobs.attempts`, `delay`')).toEqual([
    'jobs.delayMs is missing',
    'there is no jobs.delay',
  ]);
});

it('compares the words of a union', () => {
  expect(problems('Kind', '`moved`')).toEqual(['gone for good is missing']);
});

it('finds a type that is gone', () => {
  expect(problems('Nothing', '`keys`')).toContain('there is no type Nothing');
});
