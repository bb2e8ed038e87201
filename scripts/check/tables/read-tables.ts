/** A table that promises to list the members of types. */
export interface MarkedTable {
  /** Line of the mark, counted from 1. */
  readonly line: number;
  /** Types by the member that holds them; `''` for the members themselves. */
  readonly types: Readonly<Record<string, string>>;
  /** What its first column names, in code: `jobs.attempts`. */
  readonly names: readonly string[];
}

/**
 * Finds the tables below a mark such as `<!-- members: ServiceOptions, jobs: JobOptions -->`.
 *
 * In a cell, a name without a dot belongs to what the one before it belongs to: `jobs.attempts`, `firstDelayMs`. Of a call only the name counts.
 */
export function readTables(markdown: string): MarkedTable[] {
  const lines = markdown.split(/\r?\n/);
  return lines.flatMap((text, index) => {
    const mark = /^<!-- members: (.+) -->$/.exec(text)?.[1];
    if (mark === undefined) return [];
    const start = lines.findIndex((line, at) => at > index && line !== '');
    const end = lines.findIndex((line, at) => at >= start && !line.startsWith('|'));
    // The first two lines are the head.
    const cells = lines.slice(start + 2, end === -1 ? undefined : end).map((line) => line.split(/(?<!\\)\|/)[1] ?? '');
    return [{ line: index + 1, types: typesOf(mark), names: cells.flatMap(namesIn) }];
  });
}

function typesOf(mark: string): Record<string, string> {
  const parts = mark.split(', ').map((part) => part.split(': '));
  return Object.fromEntries(parts.map(([first = '', second]) => (second === undefined ? ['', first] : [first, second])));
}

function namesIn(cell: string): string[] {
  let owner = '';
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, code = '']) => {
    const [name = ''] = code.split('(');
    if (name.includes('.')) owner = `${name.split('.')[0]}.`;
    return name.includes('.') ? name : owner + name;
  });
}
