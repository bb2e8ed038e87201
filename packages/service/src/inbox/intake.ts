import { setImmediate as nextTurn } from 'node:timers/promises';

/** Takes items one by one, and stores together what has come in while the last ones were stored. */
export type Intake<Item> = (item: Item) => Promise<void>;

/** As many items as are stored at once. */
const largestBatch = 100;

interface Waiting<Item> {
  readonly item: Item;
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Makes an intake. A disk takes as long to make sure of one row as of a hundred, so that under load the rows share the wait.
 *
 * What it returns resolves when its item is stored, and rejects with the reason why it is not. When a batch fails each of its items is tried by
 * itself, so that one which can never be stored does no harm to others.
 */
export function createIntake<Item>(store: (items: readonly Item[]) => Promise<void>): Intake<Item> {
  let waiting: Waiting<Item>[] = [];
  let isStoring = false;

  const storeAll = async (batch: readonly Waiting<Item>[]): Promise<void> => {
    try {
      await store(batch.map(({ item }) => item));
      for (const { resolve } of batch) resolve();
    } catch (error) {
      if (batch.length === 1) batch[0]?.reject(error);
      else for (const one of batch) await storeAll([one]);
    }
  };
  const storeWaiting = async (): Promise<void> => {
    isStoring = true;
    while (waiting.length > 0) {
      // SQLite stores while nothing else runs: without this nothing could come in meanwhile.
      await nextTurn();
      const batch = waiting.slice(0, largestBatch);
      waiting = waiting.slice(largestBatch);
      await storeAll(batch);
    }
    isStoring = false;
  };

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (!isStoring) void storeWaiting();
    });
}
