import type { AttemptFailure, ContractRow, Intent, Receipt } from '@spotdraft-archive/core';
import type { Checkpoint } from '@spotdraft-archive/core/destination';
import type { Generated } from 'kysely';
import type { MomentName } from '../alarms/moments.ts';
import type { RaisedAlarm } from '../alarms/tell-alarms.ts';
import type { ContractMetadata } from '../contracts/contract-metadata.ts';
import type { JobFailures } from '../jobs/job-failure.ts';
import type { Finding, FindingKind } from '../repair/finding.ts';
import type { TimerRun } from '../schedule/timer-run.ts';
import type { SubscriptionRecord } from '../subscription/subscription-record.ts';
import type { JobTask } from '../tasks/job-task.ts';
import type { ScanCounts } from '../verify/scan-progress.ts';
import type { JsonText } from './json-column.ts';

/*
 * The tables, as the newest migration leaves them. The same on SQLite and PostgreSQL: times are milliseconds since 1970, structured data is JSON
 * in a text column.
 */

/** A verified webhook event, until its work is done. */
export interface InboxTable {
  /** SHA-256 of the raw body. */
  readonly delivery_id: string;
  readonly activity: string;
  readonly contract_number: number;
  /** The job that the event waits for; null when it needed none. */
  readonly subject: string | null;
  /** What was received; forgotten once the event is done. */
  body: JsonText<unknown> | null;
  readonly received_at: number;
  done_at: number | null;
}

/**
 * `waiting` for its time, `running` under a lease, `parked` until a destination is resumed, `done`, or `dead` until a person redrives it.
 */
export type JobState = 'waiting' | 'running' | 'parked' | 'done' | 'dead';

/** The work on one contract. */
export interface JobsTable {
  /** Composite id, or the number alone when a webhook brought it and SpotDraft was not asked yet. */
  readonly subject: string;
  /** At most one job of a number is running: `T-7`, `H-7` and `7` take turns. */
  readonly contract_number: number;
  /** Composite id, once it is known. */
  contract_id: string | null;
  task: Generated<JobTask>;
  state: JobState;
  /** Counts the requests for this work; a request that comes while the job runs makes it run again. */
  wanted: number;
  /** What `wanted` was when the running attempt began. */
  claimed: number;
  attempts: number;
  due_at: number;
  /** Counts how often the job was given to the queue. */
  ticket: Generated<number>;
  lease_token: string | null;
  lease_until: number | null;
  /** A list row of the contract, and when it was read. */
  hint: JsonText<ContractRow> | null;
  hint_at: number | null;
  failures: JsonText<JobFailures> | null;
}

/** One document in one destination: attempts, what was intended, and the proof. */
export interface LedgerTable {
  readonly key: string;
  readonly destination: string;
  contract_id: string | null;
  attempts: number;
  intent: JsonText<Intent> | null;
  /** A secret. */
  checkpoint: JsonText<Checkpoint> | null;
  receipt: JsonText<Receipt> | null;
  failure: JsonText<AttemptFailure> | null;
  /** Id of a file in the destination that carries the key but holds other bytes: it is neither adopted nor replaced. */
  left_alone: string | null;
}

/** The index: one row a contract that was archived, whole or in part. */
export interface ContractsTable {
  readonly contract_id: string;
  title: string;
  /** What titles are sorted by. */
  title_key: string | null;
  reference_id: string | null;
  contract_type: string | null;
  metadata: JsonText<ContractMetadata>;
  executed_at: number | null;
  /** A day, such as `2026-03-31`. */
  effective_on: string | null;
  /** A day, such as `2026-03-31`. */
  expires_on: string | null;
  /** The destinations that it was routed to; null when it was archived without a route. */
  routed_to: JsonText<readonly string[]> | null;
  /** The `version` of the routing that decided so. */
  route_version: string | null;
  version_id: string | null;
  /** SpotDraft's word: `EXECUTED`, `DELETED` or `VOIDED`. */
  source_state: string;
  archived_at: number;
  /** When SpotDraft was asked last whether there is a newer version than `version_id`. */
  version_checked_at: number | null;
}

/** Everything that a text search looks at, folded. */
export interface SearchTable {
  readonly contract_id: string;
  text: string;
}

/** What contracts are filtered and counted by: a row for each value of each contract. */
export interface FacetsTable {
  readonly contract_id: string;
  /** A `FacetName`. */
  readonly name: string;
  /** Folded, as it is compared. */
  value: string;
  /** As people write it. */
  label: string;
}

/** Destinations, and SpotDraft itself under the name `''`, that wait for a person. */
export interface ParkedTable {
  readonly name: string;
  readonly code: string;
  readonly message: string;
  readonly hint: string | null;
  parked_at: number;
}

/** What a person should know about a copy, until a later look finds it in order. */
export interface FindingsTable {
  readonly key: string;
  readonly destination: string;
  readonly kind: FindingKind;
  readonly contract_id: string;
  finding: JsonText<Finding>;
  readonly found_at: number;
}

/** How far the rolling scan of one destination's copies has come; under the name `''`, the one of contracts in SpotDraft. */
export interface ScansTable {
  readonly name: string;
  /** Counts from 1. */
  round: number;
  /** The last key that was looked at; null at the beginning of a round. */
  position: string | null;
  counts: JsonText<ScanCounts>;
  began_at: number;
  /** Null while a round is under way. */
  ended_at: number | null;
}

/** What runs on a timer, once for all processes. */
export interface TimersTable {
  readonly name: string;
  due_at: number;
  lease_token: string | null;
  /** Null while nobody runs it. */
  lease_until: number | null;
  last_run: JsonText<TimerRun> | null;
}

/** Alarms that have begun and not ended. */
export interface AlarmsTable {
  readonly name: string;
  readonly alarm: JsonText<RaisedAlarm>;
}

/** When something happened last. */
export interface MomentsTable {
  readonly name: MomentName;
  at: number;
}

/** The webhook that the service has created in SpotDraft. */
export interface SubscriptionTable {
  readonly name: string;
  state: SubscriptionRecord['state'];
  webhook_id: string | null;
  fingerprint: string;
  created_at: number;
  probed_at: number | null;
}

/** What was written into SpotDraft about a contract last. */
export interface WriteBacksTable {
  readonly contract_id: string;
  /** Where: a key pointer, the comments, or the external metadata. */
  place: string;
  version_id: string | null;
  text: string;
  written_at: number;
}

/** Webhooks that our own writing will cause. */
export interface EchoesTable {
  readonly contract_number: number;
  readonly kind: string;
  expected: number;
  written_at: number;
}

/** One row for each place that SpotDraft clients ask. */
export interface BudgetTable {
  readonly source: string;
  /** When the next request may be sent. */
  next_at: number;
}

export interface SchemaTable {
  readonly version: number;
  applied_at: number;
}

export interface Tables {
  readonly archive_inbox: InboxTable;
  readonly archive_jobs: JobsTable;
  readonly archive_ledger: LedgerTable;
  readonly archive_contracts: ContractsTable;
  readonly archive_search: SearchTable;
  readonly archive_facets: FacetsTable;
  readonly archive_write_backs: WriteBacksTable;
  readonly archive_echoes: EchoesTable;
  readonly archive_parked: ParkedTable;
  readonly archive_findings: FindingsTable;
  readonly archive_scans: ScansTable;
  readonly archive_timers: TimersTable;
  readonly archive_alarms: AlarmsTable;
  readonly archive_moments: MomentsTable;
  readonly archive_subscription: SubscriptionTable;
  readonly archive_budget: BudgetTable;
  readonly archive_schema: SchemaTable;
}
