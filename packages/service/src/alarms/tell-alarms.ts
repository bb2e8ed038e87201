import type { Kysely } from 'kysely';
import { readJson, writeJson } from '../database/json-column.ts';
import type { Tables } from '../database/tables.ts';
import type { DestinationNames } from '../parking/removed-destination.ts';
import type { Alarm, AlarmEvent } from './alarm.ts';
import type { AlarmSettings } from './alarm-options.ts';
import { presentAlarms } from './present-alarms.ts';
import { withPatience } from './with-patience.ts';

/** An alarm that somebody was told of. */
export interface RaisedAlarm extends Alarm {
  /** ISO 8601. */
  readonly raisedAt: string;
}

export interface TellOptions {
  readonly now: number;
  readonly destinations: DestinationNames;
  readonly signal: AbortSignal;
  /** How long a listener may take, in milliseconds. @default 60_000 */
  readonly patienceMs?: number | undefined;
}

/**
 * Tells of alarms that have begun or ended since the last time, each once. What cannot be told stays to be told.
 *
 * Throws what the listener throws, the reason of `signal`, and `ConfigurationError` when the listener does not come to its end.
 */
export async function tellAlarms(
  database: Kysely<Tables>,
  settings: AlarmSettings,
  { now, destinations, signal, patienceMs = 60_000 }: TellOptions,
): Promise<void> {
  const tell = (event: AlarmEvent): Promise<unknown> => withPatience(() => settings.onAlarm(event), { signal, patienceMs });
  const [present, raised] = await Promise.all([presentAlarms(database, { ...settings, now, destinations }), raisedAlarms(database)]);
  for (const alarm of present) {
    if (raised.has(alarm.name)) continue;
    await tell({ ...alarm, type: 'raised', raisedAt: new Date(now) });
    // A crash from here on has it told again.
    const row = { name: alarm.name, alarm: writeJson<RaisedAlarm>({ ...alarm, raisedAt: new Date(now).toISOString() }) };
    await database
      .insertInto('archive_alarms')
      .values(row)
      .onConflict((conflict) => conflict.column('name').doNothing())
      .execute();
  }
  const names = new Set(present.map(({ name }) => name));
  for (const alarm of raised.values()) {
    if (names.has(alarm.name)) continue;
    await tell({ ...alarm, type: 'cleared', raisedAt: new Date(alarm.raisedAt) });
    await database.deleteFrom('archive_alarms').where('name', '=', alarm.name).execute();
  }
}

async function raisedAlarms(database: Kysely<Tables>): Promise<ReadonlyMap<string, RaisedAlarm>> {
  const rows = await database.selectFrom('archive_alarms').select('alarm').execute();
  return new Map(rows.flatMap(({ alarm }) => readJson(alarm) ?? []).map((alarm) => [alarm.name, alarm]));
}
