/** When contract `index` (from 1) was executed, in milliseconds since 1970. The same as in the filled index. */
const executedAt = (index: number): number => Date.UTC(2020, 0, 1) + index * stepMs;
const stepMs = 1_000_000;
const updatedLaterMs = 60_000;

export interface EndlessSpotDraft {
  readonly fetch: typeof fetch;
  readonly requests: () => number;
}

/** Answers lists of so many executed contracts, `T-100001` and on, without a network and without keeping them, so that it takes no time and no memory. */
export function endlessSpotDraft(contracts: number): EndlessSpotDraft {
  let requests = 0;
  const range = (query: URLSearchParams, field: string, laterMs: number): readonly [number, number] | undefined => {
    const [from, to] = ['$gte', '$lte'].map((operator) => query.get(`filter__${field}[${operator}]`));
    if (!from || !to) return undefined;
    const indexAt = (time: string): number => (Date.parse(time) - laterMs - executedAt(0)) / stepMs;
    return [Math.max(Math.ceil(indexAt(from)), 1), Math.min(Math.floor(indexAt(to)), contracts)];
  };

  return {
    requests: () => requests,
    async fetch(input) {
      requests += 1;
      const { pathname, searchParams: query } = new URL(input instanceof Request ? input.url : input);
      if (!pathname.endsWith('/contracts/')) return Response.json({ detail: 'Not found.' }, { status: 404 });
      const [page, limit] = [Number(query.get('page') ?? 1), Number(query.get('limit') ?? 10)];
      const ids = query.get('filter__contract_id[$in]')?.split(',');
      if (ids) return Response.json({ page, limit, total_results: ids.length, results: page === 1 ? ids.map(rowOf) : [] });
      const [first, last] = range(query, 'execution_date', 0) ?? range(query, 'last_updated_on', updatedLaterMs) ?? [1, 0];
      const begin = first + (page - 1) * limit;
      const count = Math.max(0, Math.min(limit, last - begin + 1));
      const results = Array.from({ length: count }, (_, offset) => rowOf(`T-${100_000 + begin + offset}`));
      return Response.json({ page, limit, total_results: Math.max(0, last - first + 1), results });
    },
  };
}

function rowOf(id: string): object {
  return { id, contract_name: 'Contract', contract_status: 'EXECUTED', reference_id: id };
}
