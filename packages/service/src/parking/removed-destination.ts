import type { Kysely } from 'kysely';
import { argumentError } from '../argument-error.ts';
import type { Tables } from '../database/tables.ts';
import { source } from '../jobs/job-failure.ts';
import { listParked, type Parked } from './parked.ts';

/** Names of the destinations that are configured. */
export type DestinationNames = readonly string[];

/** What is parked. Of what is parked under a name that no destination has any more it tells so, and what to do about that. */
export async function describeParked(database: Kysely<Tables>, destinations: DestinationNames): Promise<readonly Parked[]> {
  const parked = await listParked(database);
  return parked.map((each) => (isKnown(each.name, destinations) ? each : { ...each, isRemoved: true, hint: adviceOn(each.name) }));
}

function adviceOn(name: string): string {
  return `No destination is named "${name}" any more. Configure it again, or let its contracts go on without it: resume('${name}').`;
}

/** Throws `ConfigurationError` for a name that no destination has and under which nothing is parked, most likely a typing mistake. */
export async function checkResumable(database: Kysely<Tables>, name: string, destinations: DestinationNames): Promise<void> {
  if (isKnown(name, destinations)) return;
  const parked = (await listParked(database)).map((each) => each.name);
  if (parked.includes(name)) return;
  const found = `Configured are: ${namesText(destinations)}. Parked are: ${namesText(parked)}.`;
  throw argumentError('destination', `No destination is named "${name}", and nothing is parked under that name. ${found}`);
}

function isKnown(name: string, destinations: DestinationNames): boolean {
  return name === source || destinations.includes(name);
}

function namesText(names: readonly string[]): string {
  return names.length === 0 ? 'none' : names.map((name) => (name === source ? 'SpotDraft itself' : `"${name}"`)).join(', ');
}
