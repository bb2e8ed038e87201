import { expect, it } from 'vitest';
import { createEmulatorClock } from './emulator-clock.ts';
import { SlidingWindowLimiter } from './sliding-window-limiter.ts';

it('lets so many through in any window and says how long the next has to wait', () => {
  const clock = createEmulatorClock({ startAt: new Date(0) });
  const limiter = new SlidingWindowLimiter({ limit: 2, windowMs: 1000, clock });
  expect(limiter.take('a')).toBe(0);
  clock.advance(400);
  expect(limiter.take('a')).toBe(0);
  expect(limiter.take('a')).toBe(600);
  expect(limiter.take('b')).toBe(0);
  clock.advance(600);
  expect(limiter.take('a')).toBe(0);
  expect(limiter.take('a')).toBe(400);
});
