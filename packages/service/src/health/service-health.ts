import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables.ts';
import { type DestinationNames, describeParked } from '../parking/removed-destination.ts';
import { listTimers, type TimerStatus } from '../schedule/claim-timer.ts';
import type { Moment } from '../schedule/moment.ts';
import { countJobsByState, type JobCounts, newestEvent, oldestOpenEvent } from './backlog.ts';

/** How the service is. Holds names of destinations, codes, counts and times; nothing about contracts. */
export type ServiceHealth =
  | {
      /** Not started, or its database does not answer: a restart may help, and webhooks are answered 500. */
      readonly status: 'down';
      /** Of the error, such as `ledger.unavailable`. */
      readonly code: string;
    }
  | {
      /** `attention`: it works, but something waits for a person: see `parked`, `jobs.dead`, and the failures of `timers`. */
      readonly status: 'ok' | 'attention';
      /** Contracts in the queue, by state. */
      readonly jobs: JobCounts;
      /** Destinations that wait for a person; `''` stands for SpotDraft. `hint`: what to do when no destination has this name any more. */
      readonly parked: readonly {
        readonly name: string;
        readonly code: string;
        readonly since: Date;
        readonly hint?: string | undefined;
      }[];
      /** When the oldest webhook came whose contract is not archived yet. */
      readonly oldestOpenEventAt?: Date | undefined;
      /** When the newest webhook came. */
      readonly lastEventAt?: Date | undefined;
      /** Repair, the scan of copies, and what else runs by itself: when it ran last, what it found, and why it failed. */
      readonly timers: readonly TimerStatus[];
    };

export interface HealthOptions {
  readonly now: Moment;
  readonly destinations: DestinationNames;
}

/** Reads the state of a service from its database. */
export async function readHealth(database: Kysely<Tables>, { now, destinations }: HealthOptions): Promise<ServiceHealth> {
  const [jobs, parked, oldest, newest, timers] = await Promise.all([
    countJobsByState(database),
    describeParked(database, destinations),
    oldestOpenEvent(database),
    newestEvent(database),
    listTimers(database, now),
  ]);
  const isFailing = timers.some(({ lastRun }) => lastRun?.failure?.recovery === 'operator');
  return {
    status: parked.length > 0 || jobs.dead > 0 || isFailing ? 'attention' : 'ok',
    jobs,
    parked: parked.map(({ name, code, parkedAt, isRemoved, hint }) => ({ name, code, since: parkedAt, ...(isRemoved && { hint }) })),
    oldestOpenEventAt: asDate(oldest),
    lastEventAt: asDate(newest),
    timers,
  };
}

function asDate(time: number | undefined): Date | undefined {
  return time === undefined ? undefined : new Date(time);
}
