import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withTable } from './readme-table.ts';
import { stores } from './stores.ts';
import { storesTable } from './stores-table.ts';

describe('the table of stores', () => {
  it('stands in the README as the adapters declare it (npm run update-stores)', () => {
    const readme = readFileSync(join(import.meta.dirname, '..', '..', 'README.md'), 'utf8');
    expect(readme).toBe(withTable(readme, storesTable(stores)));
  });

  it('has a row for each store, with a link to its package', () => {
    const rows = storesTable(stores).split('\n').slice(2);
    expect(rows).toHaveLength(stores.length);
    for (const [index, row] of rows.entries()) expect(row).toContain(`(packages/${stores[index]?.package}/README.md)`);
  });

  it('says where its place is when the marks are missing', () => {
    expect(() => withTable('# README', 'table')).toThrow('lacks the marks');
  });
});
