import { type RawBuilder, sql as raw } from 'kysely';

/** A moment within a statement: milliseconds since 1970, or what tells them in the database when the statement runs. */
export type Moment = number | RawBuilder<number>;

/** So many milliseconds after a moment. */
export function later(moment: Moment, byMs: number): Moment {
  return typeof moment === 'number' ? moment + byMs : raw<number>`(${moment} + ${byMs})`;
}
