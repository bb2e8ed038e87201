import type { Transaction } from 'kysely';
import type { Tables } from '../tables.ts';

/** Where contracts were routed to, and by which rules. */
export async function routes(transaction: Transaction<Tables>): Promise<void> {
  for (const name of ['routed_to', 'route_version']) {
    await transaction.schema.alterTable('archive_contracts').addColumn(name, 'text').execute();
  }
}
