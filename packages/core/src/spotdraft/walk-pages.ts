import { SpotDraftError } from '../errors/spotdraft-error.ts';
import { createRecentSet } from './recent-set.ts';

export interface PageRequest {
  /** From 1. */
  readonly page: number;
  /** Rows wanted. */
  readonly limit: number;
}

export interface Page<Row> {
  readonly rows: readonly Row[];
  /** Rows that SpotDraft meant to give, when it says so. */
  readonly limit?: number | undefined;
  /** Rows in all pages together, when SpotDraft says so. */
  readonly total?: number | undefined;
}

export interface WalkOptions<Row> {
  /** Rows to ask for at once. @default 100 */
  readonly pageSize?: number | undefined;
  /** Two rows with the same identity are one. */
  readonly identityOf: (row: Row) => string;
}

/** SpotDraft's largest page, by its older documents and its own client. Today's documents give none. */
const largestPage = 100;
/** About 10 MB. A row that comes again after more rows than this is given twice. */
const rememberedRows = 50_000;
/** Whole walks that may bring nothing new before rows that the total promises are given up. */
const fruitlessWalks = 3;

/**
 * Gives the rows of all pages, each once, in the order in which they come.
 *
 * SpotDraft documents neither an order nor that it is stable, so rows may move between pages while they are read. Whenever fewer rows came than
 * the total promised, the pages are walked again until all are there or nothing new comes.
 */
export async function* walkPages<Row>(
  read: (request: PageRequest) => Promise<Page<Row>>,
  options: WalkOptions<Row>,
): AsyncGenerator<Row, void, undefined> {
  const { pageSize = largestPage, identityOf } = options;
  const seen = createRecentSet(rememberedRows);
  const walk: Walk = { limit: pageSize, total: undefined, hasShrunk: false };
  let count = 0;
  let fruitless = 0;
  do {
    const before = count;
    walk.hasShrunk = false;
    for await (const row of walkOnce(read, walk)) {
      if (!seen.add(identityOf(row))) continue;
      count += 1;
      yield row;
    }
    fruitless = count === before ? fruitless + 1 : 0;
  } while (isIncomplete(walk, count) && fruitless < fruitlessWalks);
}

/** What one walk leaves to the next. */
interface Walk {
  limit: number;
  total: number | undefined;
  /** True when rows went away meanwhile, so that later ones moved to pages that had been read already. */
  hasShrunk: boolean;
}

function isIncomplete({ total, hasShrunk }: Walk, count: number): boolean {
  return total !== undefined && total <= rememberedRows && (hasShrunk || count < total);
}

async function* walkOnce<Row>(read: (request: PageRequest) => Promise<Page<Row>>, walk: Walk): AsyncGenerator<Row, void, undefined> {
  let offset = 0;
  let hasWorked = false;
  for (;;) {
    const page = Math.floor(offset / walk.limit) + 1;
    const answer = await readPage(read, { page, limit: walk.limit, hasWorked });
    if (answer === 'too large') {
      walk.limit = Math.floor(walk.limit / 2);
      continue;
    }
    if (answer === 'beyond the end') {
      walk.hasShrunk ||= walk.total !== undefined && offset < walk.total;
      return;
    }
    walk.hasShrunk ||= hasWorked && walk.total !== undefined && answer.total !== undefined && answer.total < walk.total;
    walk.total = answer.total;
    hasWorked = true;
    yield* answer.rows;
    // A smaller page than was asked for is full all the same. Counted in it, the next page may begin before this one ended, but never after.
    if (answer.limit !== undefined && answer.limit > 0) walk.limit = Math.min(walk.limit, answer.limit);
    offset = page * walk.limit;
    const isShort = answer.rows.length < walk.limit;
    if (answer.rows.length === 0 || (isShort && (walk.total === undefined || offset >= walk.total))) return;
  }
}

interface ReadPage extends PageRequest {
  /** True when a page of this size was given before. */
  readonly hasWorked: boolean;
}

/** One 400 means two things: a page beyond the last one, or more rows at once than SpotDraft gives. */
async function readPage<Row>(
  read: (request: PageRequest) => Promise<Page<Row>>,
  { page, limit, hasWorked }: ReadPage,
): Promise<Page<Row> | 'too large' | 'beyond the end'> {
  try {
    return await read({ page, limit });
  } catch (error) {
    if (!(error instanceof SpotDraftError)) throw error;
    if (page > 1 && hasWorked && (isPageRefused(error) || error.status === 404)) return 'beyond the end';
    if (limit > 1 && isPageRefused(error)) return 'too large';
    throw error;
  }
}

function isPageRefused({ status, providerMessage, details }: SpotDraftError): boolean {
  const fields = details['fields'];
  if (status !== 400) return false;
  return (Array.isArray(fields) && (fields.includes('limit') || fields.includes('page'))) || /\bpage\b/i.test(providerMessage ?? '');
}
