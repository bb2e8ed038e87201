// How long searching, counting and exporting take with 100,000 contracts in the index, and how much memory an export needs.

import { scaled } from '../../../scripts/bench/scaled.ts';
import type { ContractQuery } from '../src/contracts/contract-query.ts';
import { countFacets } from '../src/contracts/count-facets.ts';
import { searchContracts } from '../src/contracts/search-contracts.ts';
import { openDatabase } from '../src/database/open-database.ts';
import { exportContracts } from '../src/export/export-contracts.ts';
import { fillIndex } from '../test/fill-index.ts';
import { engines } from '../test/test-databases.ts';
import { gatherStatistics } from './gather-statistics.ts';

const contracts = scaled(100_000);

const queries: Readonly<Record<string, ContractQuery>> = {
  'newest page': {},
  'a word in the middle of others': { text: 'zz' },
  'two words, no hit': { text: 'nobody nowhere' },
  'part of a counterparty': { counterparty: 'x1' },
  'type, law and a month': {
    contractType: 'NDA',
    keyPointers: { governing_law: 'england' },
    executedFrom: '2021-01-01',
    executedTo: '2021-01-31',
  },
  'first page by title': { orderBy: 'title', direction: 'ascending' },
};

async function median(work: () => Promise<unknown>): Promise<string> {
  const times: number[] = [];
  for (let run = 0; run < 5; run++) {
    const startedAt = performance.now();
    await work();
    times.push(performance.now() - startedAt);
  }
  return `${(times.toSorted((a, b) => a - b)[2] ?? 0).toFixed(1)} ms`;
}

for (const engine of engines) {
  const { options, drop } = await engine.create();
  const opened = await openDatabase(options);
  try {
    await fillIndex(opened.sql, contracts);
    await gatherStatistics(opened);
    console.log(`${engine.name}, ${contracts} contracts`);
    for (const [name, query] of Object.entries(queries)) {
      console.log(`  search, ${name}: ${await median(() => searchContracts(opened.sql, query))}`);
    }
    console.log(`  facets of everything: ${await median(() => countFacets(opened.sql, {}))}`);
    console.log(`  facets of a text: ${await median(() => countFacets(opened.sql, { text: 'zz' }))}`);
    const before = process.memoryUsage().rss;
    const startedAt = performance.now();
    let [bytes, peak] = [0, before];
    for await (const piece of exportContracts({ format: 'csv' }, { database: opened.sql, destinations: ['drive', 'box'] })) {
      bytes += piece.length;
      peak = Math.max(peak, process.memoryUsage().rss);
    }
    const seconds = (performance.now() - startedAt) / 1_000;
    console.log(
      `  export as CSV: ${(bytes / 1e6).toFixed(0)} MB in ${seconds.toFixed(1)} s, ${((peak - before) / 1e6).toFixed(0)} MB of memory more`,
    );
  } finally {
    await opened.close();
    await drop();
  }
}
