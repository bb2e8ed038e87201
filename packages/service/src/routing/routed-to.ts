import type { Destinations } from '@spotdraft-archive/core';
import { type JsonText, readJson } from '../database/json-column.ts';
import type { Routing } from './routing.ts';

/** What the index keeps of a contract's routing. */
export interface RoutedRow {
  readonly routed_to: JsonText<readonly string[]> | null;
  readonly route_version: string | null;
}

export interface RouteContext {
  readonly destinations: Destinations;
  readonly routing?: Routing | undefined;
}

/** The destinations in which a contract has to be: those it was routed to, or all while nothing was decided. */
export function routedTo(row: RoutedRow | undefined, { destinations, routing }: RouteContext): readonly string[] {
  const names = Object.keys(destinations);
  const decided = routing && readJson(row?.routed_to ?? null);
  return decided ? names.filter((name) => decided.includes(name)) : names;
}

/** True when a contract of the index was routed in another way than contracts are now, so that it may belong elsewhere as well. */
export function isRoutedOtherwise(row: RoutedRow | undefined, { routing }: RouteContext): boolean {
  return row !== undefined && routing !== undefined && row.route_version !== routing.version;
}
