import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables.ts';
import { countJobsByState } from '../health/backlog.ts';
import type { Parked } from '../parking/parked.ts';
import { type DestinationNames, describeParked } from '../parking/removed-destination.ts';
import type { Alarm } from './alarm.ts';
import type { AlarmSettings } from './alarm-options.ts';
import { oldestWaiting } from './oldest-waiting.ts';
import { webhookSilence } from './webhook-silence.ts';

export interface PresentAlarmsOptions extends Pick<AlarmSettings, 'overdueMs' | 'silentMs'> {
  readonly now: number;
  readonly destinations: DestinationNames;
}

/** Everything that needs a person now. Asks the database only. */
export async function presentAlarms(
  database: Kysely<Tables>,
  { overdueMs, silentMs, now, destinations }: PresentAlarmsOptions,
): Promise<readonly Alarm[]> {
  const [oldest, silence, parked, jobs, findings] = await Promise.all([
    oldestWaiting(database),
    webhookSilence(database, { silentMs, now }),
    describeParked(database, destinations),
    countJobsByState(database),
    countFindings(database),
  ]);
  return [
    ...(oldest && now - oldest.since > overdueMs ? [overdue(oldest.subject, oldest.since)] : []),
    ...(silence ? [silent(silence.since)] : []),
    ...parked.map(parkedAlarm),
    ...(jobs.dead > 0 ? [deadLetters(jobs.dead)] : []),
    ...(findings > 0 ? [copies(findings)] : []),
  ];
}

function overdue(subject: string, since: number): Alarm {
  return {
    name: 'contract overdue',
    kind: 'contract overdue',
    message: `The contract ${subject} has waited for its copies since ${timeText(since)}.`,
    hint: 'Its status tells why: status, parked and deadLetters.',
    details: { subject, since: timeText(since) },
  };
}

function silent(since: number): Alarm {
  return {
    name: 'webhooks silent',
    kind: 'webhooks silent',
    message: `No webhook has come since ${timeText(since)}, and repair found contracts that they should have told of.`,
    hint: 'SpotDraft pauses a webhook that failed a few times. Look whether the receiver can be reached, then create the webhook anew.',
    details: { since: timeText(since) },
  };
}

function parkedAlarm({ name, code, message, hint, parkedAt }: Parked): Alarm {
  const subject = name === '' ? 'SpotDraft' : `The destination "${name}"`;
  return {
    name: `parked: ${name}`,
    kind: 'parked',
    message: `${subject} waits for a person: ${message}`,
    hint: hint ?? 'Mend the cause, then resume it.',
    details: { destination: name, code, since: parkedAt.toISOString() },
  };
}

function deadLetters(count: number): Alarm {
  return {
    name: 'dead letters',
    kind: 'dead letters',
    message: `${count} ${count === 1 ? 'contract was' : 'contracts were'} given up.`,
    hint: 'deadLetters tells why; redrive them once the cause is mended.',
    details: { count },
  };
}

function copies(count: number): Alarm {
  return {
    name: 'copies',
    kind: 'copies',
    message: `${count} ${count === 1 ? 'finding' : 'findings'} about copies wait for a person.`,
    hint: 'findings tells which copies are altered, doubled, or gone for good.',
    details: { count },
  };
}

function timeText(time: number): string {
  return new Date(time).toISOString();
}

async function countFindings(database: Kysely<Tables>): Promise<number> {
  const { count } = await database
    .selectFrom('archive_findings')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return count;
}
