import type { Kysely } from 'kysely';
import { facetsOf } from '../src/contracts/facets.ts';
import { foldText } from '../src/contracts/fold-text.ts';
import { writeJson } from '../src/database/json-column.ts';
import type { Tables } from '../src/database/tables.ts';

const types = ['NDA', 'MSA', 'DPA', 'Lease', 'Order form'];
const words = Array.from({ length: 3_000 }, (_, index) => (Math.imul(index + 1, 2_654_435_761) >>> 0).toString(36));
const wordAt = (index: number): string => words[(index * 7_919) % words.length] ?? '';

/** Puts that many contracts of the past into an index, `T-100001` and on, in a few statements. */
export async function fillIndex(sql: Kysely<Tables>, count: number): Promise<void> {
  const batchSize = 500;
  for (let first = 1; first <= count; first += batchSize) {
    const contracts = Array.from({ length: Math.min(batchSize, count - first + 1) }, (_, offset) => contractAt(first + offset));
    await sql.transaction().execute(async (transaction) => {
      await transaction
        .insertInto('archive_contracts')
        .values(contracts.map(({ row }) => row))
        .execute();
      await transaction
        .insertInto('archive_search')
        .values(contracts.map(({ search }) => search))
        .execute();
      await transaction
        .insertInto('archive_facets')
        .values(contracts.flatMap(({ facets }) => facets))
        .execute();
    });
  }
}

function contractAt(index: number) {
  const contract_id = `T-${100_000 + index}`;
  const contractType = types[index % types.length] ?? '';
  const title = [contractType, wordAt(index), wordAt(index * 3), wordAt(index * 5)].join(' ');
  const metadata = {
    counterparties: [`${wordAt(index * 11)} ${wordAt(index * 13)} GmbH`],
    entity: `Entity ${index % 7}`,
    owner: { email: `owner-${index % 50}@example.com` },
    keyPointers: [
      { fieldName: 'governing_law', value: ['England', 'Germany', 'India'][index % 3] },
      { fieldName: 'term', value: `${index % 36} months` },
    ],
  };
  const executed_at = Date.UTC(2020, 0, 1) + index * 1_000_000;
  const facets = facetsOf({ contractType, sourceState: 'EXECUTED', metadata, destinations: ['drive', 'box'] });
  return {
    row: {
      contract_id,
      title,
      title_key: foldText(title),
      contract_type: contractType,
      metadata: writeJson(metadata),
      executed_at,
      source_state: 'EXECUTED',
      archived_at: executed_at,
      version_id: '1',
    },
    search: { contract_id, text: foldText([contract_id, title, ...facets.map(({ label }) => label)].join('\n')) },
    facets: facets.map((facet) => ({ contract_id, ...facet })),
  };
}
