import { z } from 'zod';
import { number, rowsIn } from './answer-fields.ts';
import type { Page } from './walk-pages.ts';

const envelope = z.looseObject({ limit: number, total_results: number });

/** Reads one page of a list. */
export function pageOf<Row>(answer: unknown, readRow: (row: unknown) => Row): Page<Row> {
  const { limit, total_results: total } = Array.isArray(answer) ? {} : envelope.parse(answer);
  return { rows: rowsIn(answer).map(readRow), limit, total };
}
