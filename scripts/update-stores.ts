// `npm run update-stores`: writes the README's table of stores anew, from what the adapters declare.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withTable } from './stores/readme-table.ts';
import { stores } from './stores/stores.ts';
import { storesTable } from './stores/stores-table.ts';

const path = join(import.meta.dirname, '..', 'README.md');
writeFileSync(path, withTable(readFileSync(path, 'utf8'), storesTable(stores)));
