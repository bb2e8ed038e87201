import type { Ledger, Receipt } from '@spotdraft-archive/core';
import { parseContractId } from '@spotdraft-archive/core';
import type { Kysely } from 'kysely';
import { readJson } from '../database/json-column.ts';
import type { JobState, Tables } from '../database/tables.ts';
import { type JobFailure, source } from '../jobs/job-failure.ts';
import { type RouteContext, routedTo } from '../routing/routed-to.ts';
import { type WriteBackStatus, writeBackStatus } from '../write-back/write-back-status.ts';
import { type ArchivedVersion, versionsOf } from './versions-of.ts';

/** Where a contract stands in the archive. */
export interface ArchiveStatus {
  /** Composite id, such as `T-19589`. */
  readonly contractId: string;
  /**
   * `archived`: verified in every destination that it goes to. `unrouted`: the route sent it nowhere. `waiting`, `running`, `parked` (a
   * destination waits for a person) and `dead` (a person has to look at the failures) tell of its job. `incomplete`: it has copies, but not in
   * every destination, and no job: a destination is new, and `backfill` or `repair` brings it there. `absent`: the archive has neither copies nor
   * a job of it.
   */
  readonly state: 'archived' | 'unrouted' | 'incomplete' | 'absent' | Exclude<JobState, 'done'>;
  /** SpotDraft's word when the archive last heard of it; also `DELETED`. */
  readonly sourceState?: string | undefined;
  readonly title?: string | undefined;
  readonly versionId?: string | undefined;
  /** The destinations that it goes to; all of them until a route has decided. */
  readonly destinations: readonly string[];
  /** Of the signed PDF's newest archived version, by destination. */
  readonly receipts: Readonly<Record<string, Receipt>>;
  /** The versions that were archived before, the latest first. Their copies stay. */
  readonly earlierVersions: readonly ArchivedVersion[];
  /** Why it is not in a destination, by destination. */
  readonly failures: Readonly<Record<string, JobFailure>>;
  /** Why no destination was reached. */
  readonly failure?: JobFailure | undefined;
  /** What became of the reference in SpotDraft; absent when none was written, and none is about to be. */
  readonly writeBack?: WriteBackStatus | undefined;
  /** When the job runs next. */
  readonly nextAttemptAt?: Date | undefined;
}

export interface StatusOptions extends RouteContext {
  readonly database: Kysely<Tables>;
  readonly ledger: Ledger;
}

/** Puts together where a contract stands. Asks nobody but the database. Throws `spotdraft.invalid_request` for what is no composite id. */
export async function contractStatus(contractId: string, options: StatusOptions): Promise<ArchiveStatus> {
  const { database, ledger } = options;
  const { text, number, prefix } = parseContractId(contractId);
  const row = await database.selectFrom('archive_contracts').selectAll().where('contract_id', '=', text).executeTakeFirst();
  const jobs = await database
    .selectFrom('archive_jobs')
    .selectAll()
    .where('contract_number', '=', number)
    .where('task', '=', 'archive')
    .where('state', '!=', 'done')
    .execute();
  // Webhooks speak of T contracts, by their number alone.
  const isOurs = (job: (typeof jobs)[number]): boolean => (job.contract_id ?? (prefix === 'T' ? text : undefined)) === text;
  const job = jobs.filter(isOurs).toSorted((a, b) => urgency[a.state] - urgency[b.state])[0];
  const { [source]: failure, ...failures } = readJson(job?.failures ?? null) ?? {};

  const versions = versionsOf(row === undefined ? [] : await ledger.list(text), row?.version_id ?? undefined);
  const destinations = routedTo(row, options);
  return {
    contractId: text,
    state: job && job.state !== 'done' ? job.state : row ? stateInDestinations(destinations, versions.receipts) : 'absent',
    sourceState: row?.source_state,
    title: row?.title,
    versionId: row?.version_id ?? undefined,
    destinations,
    ...versions,
    failures,
    failure,
    writeBack: await writeBackStatus(database, text),
    nextAttemptAt: job?.state === 'waiting' ? new Date(job.due_at) : undefined,
  };
}

function stateInDestinations(destinations: readonly string[], receipts: Readonly<Record<string, Receipt>>): ArchiveStatus['state'] {
  if (destinations.length === 0) return 'unrouted';
  if (destinations.every((name) => receipts[name] !== undefined)) return 'archived';
  return Object.keys(receipts).length > 0 ? 'incomplete' : 'absent';
}

const urgency: Readonly<Record<JobState, number>> = { running: 0, waiting: 1, parked: 2, dead: 3, done: 4 };
