import { expect, it } from 'vitest';
import { groupFlush } from './group-flush.ts';

/** A disk that flushes when it is told to. */
function slowDisk() {
  const runs: PromiseWithResolvers<void>[] = [];
  const flush = groupFlush(() => {
    const run = Promise.withResolvers<void>();
    runs.push(run);
    return run.promise;
  });
  return { flush, runs };
}

it('serves all who come during one flush with the next one', async () => {
  const { flush, runs } = slowDisk();
  const first = flush();
  const others = [flush(), flush(), flush()];
  expect(runs).toHaveLength(1);
  runs[0]?.resolve();
  await first;
  await expect.poll(() => runs.length).toBe(2);
  let isServed = false;
  const all = Promise.all(others).then(() => {
    isServed = true;
  });
  await new Promise(setImmediate);
  expect(isServed).toBe(false);
  runs[1]?.resolve();
  await all;
  expect(runs).toHaveLength(2);
});

it('tells a failure to those who waited for that flush, and to nobody else', async () => {
  const { flush, runs } = slowDisk();
  const first = flush();
  const second = flush();
  runs[0]?.reject(new Error('The disk failed.'));
  await expect(first).rejects.toThrow('The disk failed.');
  await expect.poll(() => runs.length).toBe(2);
  runs[1]?.resolve();
  await expect(second).resolves.toBeUndefined();
});

it('flushes at once again after a pause', async () => {
  const { flush, runs } = slowDisk();
  const first = flush();
  runs[0]?.resolve();
  await first;
  await new Promise(setImmediate);
  void flush();
  expect(runs).toHaveLength(2);
});
