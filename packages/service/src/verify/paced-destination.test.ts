import { memoryDestination } from '@spotdraft-archive/testkit';
import { afterEach, expect, it, vi } from 'vitest';
import { pacedDestination } from './paced-destination.ts';

afterEach(() => {
  vi.useRealTimers();
});

it('asks a destination not more often within a second than allowed, whatever is asked', async () => {
  vi.useFakeTimers();
  const destination = memoryDestination();
  const paced = pacedDestination(destination, 2);
  const asked = Promise.all([paced.stat('1'), paced.find({ key: 'k', path: { folders: [], name: 'n' } }), paced.stat('2')]);
  await vi.advanceTimersByTimeAsync(500);
  expect(destination.store.requests).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(600);
  expect(await asked).toHaveLength(3);
});
