import type { ArchiveResult, ContractEvent, ContractRow } from '@spotdraft-archive/core';
import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables.ts';
import type { Routing } from '../routing/routing.ts';
import { metadataOf } from './contract-metadata.ts';
import { indexContract } from './index-contract.ts';
import type { IndexSettings } from './index-options.ts';

export interface ArchivedToIndex {
  /** What the contract was known by. */
  readonly input: ContractEvent | ContractRow | string;
  readonly result: ArchiveResult;
  readonly settings: IndexSettings;
  readonly routing?: Routing | undefined;
  /** Where the route sent it. */
  readonly routedTo?: readonly string[] | undefined;
  /** In milliseconds since 1970. */
  readonly at: number;
}

/** Writes the row of a contract that was archived, whole or in part, from what was learnt on the way. */
export async function indexArchived(database: Kysely<Tables>, given: ArchivedToIndex): Promise<void> {
  const { input, result, settings, routing, routedTo, at } = given;
  const { contract, versionId } = result;
  const sourceUrl = typeof input === 'object' && 'webUrl' in input ? input.webUrl : undefined;
  const describedAt = typeof input === 'object' && 'activity' in input ? input.occurredAt?.toISOString() : undefined;
  await indexContract(database, {
    contract,
    metadata: { ...metadataOf(contract, settings), sourceUrl, describedAt },
    isPartial: typeof input === 'string' || !('activity' in input),
    archived: { at, versionId, routedTo, routeVersion: routing?.version },
  });
}
