import { expect, it } from 'vitest';
import { SpotDraftError } from '../errors/spotdraft-error.ts';
import { type Page, type PageRequest, walkPages } from './walk-pages.ts';

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

interface Server {
  readonly read: (request: PageRequest) => Promise<Page<number>>;
  readonly asked: readonly PageRequest[];
}

/** Serves pages of what `rowsAt` gives at each request. */
function server(rowsAt: (request: number) => readonly number[], extra: Partial<Page<number>> = {}): Server {
  const asked: PageRequest[] = [];
  const read = async ({ page, limit }: PageRequest) => {
    asked.push({ page, limit });
    const rows = rowsAt(asked.length);
    return { rows: rows.slice((page - 1) * limit, page * limit), limit, total: rows.length, ...extra };
  };
  return { read, asked };
}

async function walk(read: Server['read'], pageSize = 10): Promise<number[]> {
  const rows: number[] = [];
  for await (const row of walkPages(read, { pageSize, identityOf: String })) rows.push(row);
  return rows;
}

function refuse(details: { readonly message?: string; readonly fields?: readonly string[]; readonly status?: number }): SpotDraftError {
  return new SpotDraftError('SpotDraft answered 400.', {
    code: 'spotdraft.invalid_request',
    recovery: 'never',
    status: details.status ?? 400,
    providerMessage: details.message,
    details: { fields: details.fields ?? [] },
  });
}

it('asks once when everything is on one page', async () => {
  const { read, asked } = server(() => numbers(7));
  expect(await walk(read)).toEqual(numbers(7));
  expect(asked).toEqual([{ page: 1, limit: 10 }]);
});

it('asks for a hundred rows at once unless told otherwise', async () => {
  const { read, asked } = server(() => numbers(250));
  for await (const _row of walkPages(read, { identityOf: String })) if (asked.length > 1) break;
  expect(asked[0]).toEqual({ page: 1, limit: 100 });
});

it('goes on to a short page', async () => {
  const { read, asked } = server(() => numbers(25));
  expect(await walk(read)).toEqual(numbers(25));
  expect(asked.map(({ page }) => page)).toEqual([1, 2, 3]);
});

it('does not take the total for the end while pages are full', async () => {
  const { read } = server(() => numbers(25), { total: 10 });
  expect(await walk(read)).toEqual(numbers(25));
});

it('ends at an empty page, and at a short one without a total', async () => {
  const full = server(() => numbers(20));
  expect(await walk(full.read)).toEqual(numbers(20));
  expect(full.asked).toHaveLength(3);
  const short = server(() => numbers(15), { total: undefined });
  expect(await walk(short.read)).toEqual(numbers(15));
  expect(short.asked).toHaveLength(2);
});

it('does not take a page that is merely thinner for the end', async () => {
  const hidden = new Set([3, 14]);
  const read = async ({ page, limit }: PageRequest) => {
    const rows = numbers(30).slice((page - 1) * limit, page * limit);
    return { rows: rows.filter((row) => !hidden.has(row)), limit, total: 30 };
  };
  expect(await walk(read)).toEqual(numbers(30).filter((row) => !hidden.has(row)));
});

it('gives a row once that moved to the next page', async () => {
  const { read } = server((request) => (request === 1 ? numbers(15) : [99, ...numbers(15)]));
  const rows = await walk(read);
  expect(rows.toSorted((one, other) => one - other)).toEqual([...numbers(15), 99]);
});

it('finds rows that moved to a page already read, because others went away', async () => {
  const { read } = server((request) => (request === 1 ? numbers(25) : numbers(25).slice(8)));
  expect((await walk(read)).toSorted((one, other) => one - other)).toEqual(numbers(25));
});

it('finds them also when the page that they left is refused', async () => {
  const left = numbers(19).slice(10);
  const { read } = server((request) => (request === 1 ? numbers(19) : left));
  const strict: Server['read'] = async (request) => {
    const page = await read(request);
    if (request.page > 1 && page.rows.length === 0) throw refuse({ message: 'Invalid page number or page limit too big' });
    return page;
  };
  expect((await walk(strict)).toSorted((one, other) => one - other)).toEqual(numbers(19));
});

it('finds every row of a list in another order with each request', async () => {
  const { read } = server((request) =>
    numbers(30).toSorted((one, other) => ((one * 7919 * request) % 31) - ((other * 7919 * request) % 31)),
  );
  expect((await walk(read)).toSorted((one, other) => one - other)).toEqual(numbers(30));
});

it('gives up when the total promises more than there is', async () => {
  const { read, asked } = server(() => numbers(5), { total: 9 });
  expect(await walk(read)).toEqual(numbers(5));
  expect(asked.length).toBeLessThan(5);
});

it.each([
  ['in words', { message: 'Invalid page number or page limit too big' }],
  ['by field', { fields: ['limit'] }],
])('halves the page size when it is refused %s', async (_name, refusal) => {
  const { read, asked } = server(() => numbers(60));
  const strict: Server['read'] = async (request) => {
    if (request.limit > 25) throw refuse(refusal);
    return read(request);
  };
  expect(await walk(strict, 100)).toEqual(numbers(60));
  expect(asked.map(({ page, limit }) => [page, limit])).toEqual([
    [1, 25],
    [2, 25],
    [3, 25],
  ]);
});

it('takes a smaller page than it asked for as full', async () => {
  const read = async ({ page }: PageRequest) => ({ rows: numbers(45).slice((page - 1) * 20, page * 20), limit: 20, total: 45 });
  expect(await walk(read, 100)).toEqual(numbers(45));
});

it('takes a refused page beyond the last one for the end', async () => {
  for (const refusal of [{ message: 'Invalid page number or page limit too big' }, { status: 404 }]) {
    const { read } = server(() => numbers(20));
    const strict: Server['read'] = async (request) => {
      if (request.page > 2) throw refuse(refusal);
      return read(request);
    };
    expect(await walk(strict)).toEqual(numbers(20));
  }
});

it('passes other refusals on at once', async () => {
  let asked = 0;
  const read = async (): Promise<Page<number>> => {
    asked += 1;
    throw refuse({ fields: ['filter__tags[$near]'] });
  };
  await expect(walk(read)).rejects.toMatchObject({ status: 400 });
  expect(asked).toBe(1);
});

it('reads no page before somebody wants its rows', async () => {
  const { read, asked } = server(() => numbers(50));
  for await (const row of walkPages(read, { pageSize: 10, identityOf: String })) if (row === 12) break;
  expect(asked).toHaveLength(2);
});
