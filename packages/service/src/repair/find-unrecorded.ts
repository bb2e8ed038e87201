import { ArchiveError, type Destinations, documentKey, type SpotDraftClient, type StorageDestination } from '@spotdraft-archive/core';
import type { DocumentPath, StoredCopy } from '@spotdraft-archive/core/destination';
import type { Kysely } from 'kysely';
import { readJson } from '../database/json-column.ts';
import type { Tables } from '../database/tables.ts';
import { type JobFailure, jobFailureOf } from '../jobs/job-failure.ts';
import { type ReadBack, readBack } from '../verify/read-back.ts';

export interface UnrecordedContext {
  readonly database: Kysely<Tables>;
  readonly spotdraft: SpotDraftClient;
  readonly destinations: Destinations;
  readonly now: () => number;
  readonly signal?: AbortSignal | undefined;
}

export interface WantedCopy {
  readonly contractId: string;
  readonly versionId: string | undefined;
  /** The destination's name. */
  readonly destination: string;
}

/** A copy that lies in a destination and that the ledger knows nothing of. */
export interface UnrecordedCopy extends WantedCopy {
  readonly key: string;
  readonly copy: StoredCopy;
  readonly bytes: ReadBack;
  /** Where the copy lies, or was to lie when the store does not tell. */
  readonly path: DocumentPath;
  /** True when the bytes are those that were stamped on it when it was stored. */
  readonly isProved: boolean;
}

/** What a destination answered to the question for a copy: one, none, or a failure, which is not the same as none. */
export type UnrecordedAnswer = { readonly found: UnrecordedCopy | undefined } | { readonly failure: JobFailure };

/**
 * Looks in a destination for the signed PDF of a contract, and reads what it finds. Destinations that can be asked for a path only are asked
 * when the ledger knows one.
 */
export async function findUnrecorded(wanted: WantedCopy, context: UnrecordedContext): Promise<UnrecordedAnswer> {
  const { contractId, versionId } = wanted;
  const destination = context.destinations[wanted.destination];
  if (!destination) return { found: undefined };
  const key = documentKey({ source: context.spotdraft.source, contractId, versionId, document: 'signed-pdf' });
  const path = await intendedPath(context.database, { key, destination: wanted.destination });
  try {
    return { found: await look({ ...wanted, key, intended: path }, destination, context.signal) };
  } catch (error) {
    context.signal?.throwIfAborted();
    if (!ArchiveError.isInstance(error)) throw error;
    return { failure: jobFailureOf(error) };
  }
}

interface Look extends WantedCopy {
  readonly key: string;
  readonly intended: DocumentPath | undefined;
}

async function look(
  { intended, ...wanted }: Look,
  destination: StorageDestination,
  signal: AbortSignal | undefined,
): Promise<UnrecordedCopy | undefined> {
  if (intended === undefined && destination.capabilities.keyLookup === 'path-only') return undefined;
  const copy = await destination.find({ key: wanted.key, path: intended }, { signal });
  if (!copy) return undefined;
  const bytes = await readBack(copy.id, { destination, signal });
  const isProved = copy.properties?.['sha256'] === bytes.sha256 && (copy.hash ?? bytes.hash) === bytes.hash;
  return { ...wanted, copy, bytes, path: copy.path ?? intended ?? { folders: [], name: '' }, isProved };
}

async function intendedPath(
  database: Kysely<Tables>,
  { key, destination }: { readonly key: string; readonly destination: string },
): Promise<DocumentPath | undefined> {
  const row = await database
    .selectFrom('archive_ledger')
    .select('intent')
    .where('key', '=', key)
    .where('destination', '=', destination)
    .executeTakeFirst();
  return readJson(row?.intent ?? null)?.path;
}
