const begin = '<!-- stores: made by scripts/update-stores.ts -->';
const end = '<!-- /stores -->';

/** Puts the table between its marks. Throws when the marks are not there. */
export function withTable(readme: string, table: string): string {
  const from = readme.indexOf(begin);
  const to = readme.indexOf(end);
  if (from < 0 || to < from) throw new Error(`README.md lacks the marks "${begin}" and "${end}".`);
  return `${readme.slice(0, from)}${begin}\n\n${table}\n\n${readme.slice(to)}`;
}
