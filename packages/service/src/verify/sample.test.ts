import { describe, expect, it } from 'vitest';
import { isSampled } from './sample.ts';

const keys = Array.from({ length: 2_000 }, (_, index) => `us/T-${index}/1/signed-pdf`);
const sampled = (share: number, round: number) => keys.filter((key) => isSampled(key, { share, round }));

describe('the sample of copies that are read', () => {
  it('is the same in one round and another one in the next', () => {
    expect(sampled(0.1, 1)).toEqual(sampled(0.1, 1));
    const second = new Set(sampled(0.1, 2));
    expect(sampled(0.1, 1).filter((key) => second.has(key)).length).toBeLessThan(second.size / 2);
  });

  it('is about as large as wanted', () => {
    expect([sampled(0, 1).length, sampled(1, 1).length]).toEqual([0, keys.length]);
    expect(sampled(0.1, 1).length).toBeGreaterThan(150);
    expect(sampled(0.1, 1).length).toBeLessThan(250);
  });
});
