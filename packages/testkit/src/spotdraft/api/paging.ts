import type { SpotDraftBehaviour } from '../spotdraft-behaviour.ts';
import { detailError, fieldErrors } from './api-error.ts';

export interface Page<Row> {
  readonly page: number;
  readonly limit: number;
  readonly total_results: number;
  readonly results: readonly Row[];
}

const maxLimit = 100;

/** Cuts out the page that a query asks for: pages count from 1, and hold 10 rows unless told otherwise, 100 at most. Throws 400. */
export function pageOf<Row>(rows: readonly Row[], query: URLSearchParams, { pageBeyondEnd }: SpotDraftBehaviour): Page<Row> {
  const page = wholeNumber(query, 'page', 1);
  const limit = wholeNumber(query, 'limit', 10);
  if (limit > maxLimit) throw fieldErrors({ limit: [`Input should be less than or equal to ${maxLimit}`] });
  const start = (page - 1) * limit;
  if (pageBeyondEnd === 'error' && page > 1 && start >= rows.length) throw detailError(400, 'Invalid page number or page limit too big');
  return { page, limit, total_results: rows.length, results: rows.slice(start, start + limit) };
}

function wholeNumber(query: URLSearchParams, name: 'page' | 'limit', fallback: number): number {
  const text = query.get(name);
  if (text === null) return fallback;
  if (!/^-?\d+$/.test(text)) throw fieldErrors({ [name]: ['Input should be a valid integer'] });
  if (Number(text) < 1) throw fieldErrors({ [name]: ['Input should be greater than or equal to 1'] });
  return Number(text);
}
