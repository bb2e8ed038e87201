import { describe, expect, it } from 'vitest';
import { pauseNearLimit, readRetryAfter } from './retry-after.ts';

describe('readRetryAfter', () => {
  const now = Date.UTC(2026, 0, 1);

  it.each([
    ['5', 5000],
    ['0', 0],
    ['1.5', 1500],
    ['Thu, 01 Jan 2026 00:01:00 GMT', 60_000],
    ['Wed, 31 Dec 2025 00:00:00 GMT', 0],
    ['soon', undefined],
    ['', undefined],
    ['-5', undefined],
  ])('reads %j as %s ms', (value, expected) => {
    expect(readRetryAfter(new Headers({ 'retry-after': value }), now)).toBe(expected);
  });

  it('gives nothing without the header', () => {
    expect(readRetryAfter(new Headers(), now)).toBeUndefined();
  });
});

describe('pauseNearLimit', () => {
  const readPause = pauseNearLimit({ keepFree: 10 });

  it.each([
    [{ 'ratelimit-remaining': '10', 'ratelimit-reset': '30' }, 30_000],
    [{ 'ratelimit-remaining': '11', 'ratelimit-reset': '30' }, undefined],
    [{ 'ratelimit-remaining': '0', 'ratelimit-reset': 'soon' }, undefined],
    [{ 'ratelimit-remaining': '0' }, undefined],
    [{}, undefined],
  ])('reads %j as %s ms', (headers, expected) => {
    expect(readPause({ headers: new Headers(headers) })).toBe(expected);
  });
});
