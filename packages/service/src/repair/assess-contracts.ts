import type { ContractFilters, ContractRow, Destinations, SpotDraftClient } from '@spotdraft-archive/core';
import type { Kysely } from 'kysely';
import { receiptsOf } from '../contracts/receipts-of.ts';
import { currentReceipts } from '../contracts/versions-of.ts';
import type { JobState, Tables } from '../database/tables.ts';
import type { JobQueue } from '../jobs/job-queue.ts';
import { isRoutedOtherwise, type RouteContext, routedTo } from '../routing/routed-to.ts';
import { unwrittenOf } from '../write-back/unwritten.ts';
import type { WriteBackOptions } from '../write-back/write-back-options.ts';
import { type DateWindow, wholeMillisecond } from './date-range.ts';
import { type NamedRow, nameRows } from './name-rows.ts';
import { openJobs } from './open-jobs.ts';

/** What a survey of SpotDraft and the archive needs. */
export interface Survey extends RouteContext {
  readonly database: Kysely<Tables>;
  readonly queue: JobQueue;
  readonly spotdraft: SpotDraftClient;
  readonly destinations: Destinations;
  readonly writeBack?: WriteBackOptions | undefined;
  readonly now: () => number;
  /** Tells the workers that there is something to do. */
  readonly wake: () => void;
}

/** A contract that SpotDraft calls executed, beside what the archive has of it. */
export interface AssessedContract {
  readonly row: ContractRow;
  readonly contractId: string;
  /** The destinations that it goes to, and thus has to be in. */
  readonly destinations: readonly string[];
  /** Those of them without a receipt for the version that was archived last. */
  readonly lacking: readonly string[];
  /** True when contracts are routed in another way since it was archived. */
  readonly isRoutedOtherwise: boolean;
  /** True when some attempt at it has begun, in any destination. */
  readonly isBegun: boolean;
  /** The destinations whose copy of it was found altered or gone. */
  readonly damaged: readonly string[];
  readonly versionId: string | undefined;
  /** When it was archived, or found to be archived in the newest version. Milliseconds since 1970. */
  readonly currentAt: number | undefined;
  /** As the index has it: known of contracts that were archived, whole or in part. */
  readonly executedAt: Date | undefined;
  /** SpotDraft's word, as the index has it. */
  readonly sourceState: string | undefined;
  /** Of its job, unless that is done. */
  readonly job: OpenState | undefined;
  /** True when its job is about to run, or runs, and nothing has failed yet. */
  readonly isQueued: boolean;
  /** True when SpotDraft is to be told where its copies lie, and was not. */
  readonly isUnwritten: boolean;
  /** Of the job that tells SpotDraft where its copies lie, unless that is done. */
  readonly writeBackJob: OpenState | undefined;
}

export type OpenState = Exclude<JobState, 'done'>;

/** So many contracts of a window as the database is asked for at once. */
export interface AssessedBatch {
  readonly contracts: readonly AssessedContract[];
  /** Listed by their number alone, and nothing tells which of the two contracts that may have it they are. */
  readonly unresolved: readonly ContractRow[];
}

export interface AssessOptions extends Survey {
  readonly by: 'execution' | 'update' | 'creation';
  readonly window: DateWindow;
  readonly signal?: AbortSignal | undefined;
}

/** As many contracts as a page of SpotDraft's list, so that the database is asked once a page. */
const batchSize = 100;

/** Lists a window's executed contracts, each with what the archive has of it. */
export async function* assessBatches(options: AssessOptions): AsyncGenerator<AssessedBatch, void, undefined> {
  const { by, window, spotdraft, signal } = options;
  let batch: ContractRow[] = [];
  for await (const row of spotdraft.contracts.list({ status: 'EXECUTED', ...filterOf(by, window), signal })) {
    batch.push(row);
    if (batch.length < batchSize) continue;
    yield await assessBatch(batch, options);
    batch = [];
  }
  yield await assessBatch(batch, options);
}

function filterOf(by: AssessOptions['by'], { from, to: end }: DateWindow): ContractFilters {
  const to = wholeMillisecond(end);
  if (by === 'execution') return { executedFrom: from, executedTo: to };
  return by === 'update' ? { updatedFrom: from, updatedTo: to } : { createdFrom: from, createdTo: to };
}

async function assessBatch(rows: readonly ContractRow[], options: AssessOptions): Promise<AssessedBatch> {
  const { named, unresolved } = await nameRows(rows, options);
  return { contracts: await assessNamed(named, options), unresolved };
}

async function assessNamed(named: readonly NamedRow[], options: AssessOptions): Promise<readonly AssessedContract[]> {
  if (named.length === 0) return [];
  const { database, writeBack } = options;
  const ids = named.map(({ contractId }) => contractId);
  const [receipts, indexed, begun, damaged, jobs, isUnwritten] = await Promise.all([
    receiptsOf(database, ids),
    database
      .selectFrom('archive_contracts')
      .select([
        'contract_id',
        'version_id',
        'archived_at',
        'version_checked_at',
        'executed_at',
        'source_state',
        'routed_to',
        'route_version',
      ])
      .where('contract_id', 'in', ids)
      .execute(),
    database.selectFrom('archive_ledger').select('contract_id').distinct().where('contract_id', 'in', ids).execute(),
    damagedKeys(database, ids),
    openJobs(
      database,
      named.map(({ row }) => row),
    ),
    unwrittenOf(database, ids, writeBack),
  ]);
  const indexById = new Map(indexed.map((row) => [row.contract_id, row]));
  const begunIds = new Set(begun.map((row) => row.contract_id));

  return named.map(({ row, contractId }) => {
    const index = indexById.get(contractId);
    const versionId = index?.version_id ?? undefined;
    const current = index ? currentReceipts(receipts.get(contractId) ?? [], versionId) : {};
    const destinations = routedTo(index, options);
    const job = jobs.get(contractId)?.archive;
    const lacking = destinations.filter((name) => current[name] === undefined);
    return {
      row,
      contractId,
      destinations,
      isRoutedOtherwise: isRoutedOtherwise(index, options),
      lacking,
      isBegun: begunIds.has(contractId),
      damaged: destinations.filter((name) => damaged.has(nameOfCopy({ destination: name, key: current[name]?.key ?? '' }))),
      versionId,
      currentAt: index && Math.max(index.archived_at, index.version_checked_at ?? 0),
      executedAt: index?.executed_at == null ? undefined : new Date(index.executed_at),
      sourceState: index?.source_state,
      job: job?.state,
      isQueued: job?.isQueued ?? false,
      isUnwritten: index !== undefined && destinations.length > 0 && lacking.length === 0 && isUnwritten({ contractId, versionId }),
      writeBackJob: jobs.get(contractId)?.writeBack?.state,
    };
  });
}

/** The copies that were found altered or gone, and not stored again. */
async function damagedKeys(database: Kysely<Tables>, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await database
    .selectFrom('archive_findings')
    .select(['key', 'destination'])
    .where('contract_id', 'in', ids)
    .where('kind', 'in', ['altered', 'deleted at the destination'])
    .execute();
  return new Set(rows.map(nameOfCopy));
}

function nameOfCopy({ key, destination }: { readonly key: string; readonly destination: string }): string {
  return JSON.stringify([key, destination]);
}
