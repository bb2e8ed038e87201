import { type CallOptions, onceEach } from '@spotdraft-archive/core/destination';
import type { DriveApi } from './api.ts';

/** Ids that Drive made for us and that no file has yet. */
export interface FileIds {
  /** Takes one that nobody else gets. */
  take(options: CallOptions): Promise<string>;
}

/** As many as one request gives. */
const stockSize = 1000;

/** Keeps a stock, so that pre-made ids cost one request for a thousand files. */
export function createFileIds(api: DriveApi): FileIds {
  const stock: string[] = [];
  const refills = onceEach<void>();
  const refill = async (signal: AbortSignal) => {
    stock.push(...(await api.generateIds(stockSize, { signal })));
  };
  return {
    async take({ signal }) {
      for (;;) {
        const id = stock.pop();
        if (id !== undefined) return id;
        await refills.get('stock', { make: refill, signal });
        refills.forget('stock');
      }
    },
  };
}
