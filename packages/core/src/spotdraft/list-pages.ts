import type { Requester, RequestOptions } from './http/requester.ts';
import { pageOf } from './page-of.ts';
import { walkPages } from './walk-pages.ts';

/** What every method takes that gives a list of pages. */
export interface ListOptions extends RequestOptions {
  /** Rows to ask for at once, 100 at most. @default 100 */
  readonly pageSize?: number | undefined;
}

export interface ListPagesOptions<Row> extends ListOptions {
  readonly path: `/${string}`;
  readonly filters?: readonly (readonly [name: string, value: string])[] | undefined;
  readonly readRow: (row: unknown) => Row;
  /** Two rows with the same identity are one. */
  readonly identityOf: (row: Row) => string;
}

/** Gives the rows of all pages of a list, each once. Pages are asked for while the rows are consumed. */
export function listPages<Row>(requester: Requester, options: ListPagesOptions<Row>): AsyncGenerator<Row, void, undefined> {
  const { path, filters = [], readRow, identityOf, pageSize, signal } = options;
  return walkPages(
    ({ page, limit }) => {
      const query = new URLSearchParams({ page: String(page), limit: String(limit) });
      for (const [name, value] of filters) query.append(name, value);
      return requester.json({ method: 'GET', path, query, signal }, (answer) => pageOf(answer, readRow));
    },
    { pageSize, identityOf },
  );
}
