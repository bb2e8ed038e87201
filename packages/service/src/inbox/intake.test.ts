import { setTimeout as delay } from 'node:timers/promises';
import { expect, it, vi } from 'vitest';
import { createIntake } from './intake.ts';

it('stores at once what comes alone, and together what comes while the last was stored', async () => {
  const batches: (readonly number[])[] = [];
  const intake = createIntake<number>(async (items) => {
    batches.push(items);
    await delay(100);
  });
  const first = intake(1);
  await vi.waitFor(() => expect(batches).toHaveLength(1), { interval: 1 });
  await Promise.all([first, ...[2, 3, 4].map((item) => intake(item))]);
  await intake(5);
  expect(batches).toEqual([[1], [2, 3, 4], [5]]);
});

it('refuses only the items that cannot be stored, and goes on', async () => {
  const stored: number[] = [];
  const intake = createIntake<number>(async (items) => {
    if (items.includes(3)) throw new Error('no 3');
    stored.push(...items);
  });
  const results = await Promise.allSettled([1, 2, 3, 4].map((item) => intake(item)));
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
  await intake(5);
  expect(stored).toEqual([1, 2, 4, 5]);
});
