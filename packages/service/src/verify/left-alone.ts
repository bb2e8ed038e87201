import { ArchiveError, type Destinations, type StorageDestination } from '@spotdraft-archive/core';
import { conflictWith, type StoredCopy } from '@spotdraft-archive/core/destination';
import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables.ts';

/**
 * Destinations in which a file that holds other bytes than its key promises stays as it is: the document is stored beside it.
 *
 * Which files these are is written in the ledger. All else passes through.
 */
export function leavingAlone(destinations: Destinations, database: Kysely<Tables>): Destinations {
  return Object.fromEntries(
    Object.entries(destinations).map(([name, destination]) => {
      const find = (key: string): Promise<string | undefined> => leftAlone(database, { key, destination: name });
      return [name, withoutFile(destination, find)] as const;
    }),
  );
}

interface LedgerRow {
  readonly key: string;
  readonly destination: string;
}

/** The id of the file that is left alone; `undefined` for most copies. */
async function leftAlone(database: Kysely<Tables>, { key, destination }: LedgerRow): Promise<string | undefined> {
  const row = await database
    .selectFrom('archive_ledger')
    .select('left_alone')
    .where('key', '=', key)
    .where('destination', '=', destination)
    .executeTakeFirst();
  return row?.left_alone ?? undefined;
}

function withoutFile(destination: StorageDestination, leftAloneFor: (key: string) => Promise<string | undefined>): StorageDestination {
  return {
    provider: destination.provider,
    capabilities: destination.capabilities,
    check: (options) => destination.check(options),
    stat: (id, options) => destination.stat(id, options),
    open: (id, options) => destination.open(id, options),
    async find(query, options) {
      const hidden = await leftAloneFor(query.key);
      const copy = await destination.find(query, options);
      if (hidden === undefined || copy?.id !== hidden) return copy && withoutTwin(copy, hidden);
      const [twin] = copy.twins ?? [];
      return twin === undefined ? undefined : destination.stat(twin, options);
    },
    async put(document, options) {
      try {
        return await destination.put(document, options);
      } catch (error) {
        throw await asForeign(error, () => leftAloneFor(document.key));
      }
    },
  };
}

function withoutTwin(copy: StoredCopy, hidden: string | undefined): StoredCopy {
  const twins = copy.twins?.filter((id) => id !== hidden);
  return { ...copy, twins: twins?.length === 0 ? undefined : twins };
}

/** A conflict with the hidden file looks as if a stranger's file were in the way: then the document gets another name. */
async function asForeign(error: unknown, hidden: () => Promise<string | undefined>): Promise<unknown> {
  if (!ArchiveError.isInstance(error) || error.code !== 'destination.conflict') return error;
  const { existingId } = error.details;
  return typeof existingId === 'string' && existingId === (await hidden()) ? conflictWith({ id: existingId }) : error;
}
