import { describe, expect, it } from 'vitest';
import { retryDelay } from './retry-delay.ts';

const settings = { firstDelayMs: 1_000, maxDelayMs: 60_000 };

describe('the wait after a failed attempt', () => {
  it('doubles up to the longest one', () => {
    const waits = [1, 2, 3, 7, 30].map((attempts) => retryDelay(attempts, { ...settings, random: () => 1 }));
    expect(waits).toEqual([1_000, 2_000, 4_000, 60_000, 60_000]);
  });

  it('is scattered between half and the whole', () => {
    expect([0, 0.5].map((value) => retryDelay(2, { ...settings, random: () => value }))).toEqual([1_000, 1_500]);
  });

  it('is never shorter than the other side asked for', () => {
    expect(retryDelay(1, { ...settings, retryAfterMs: 90_000 })).toBe(90_000);
  });
});
