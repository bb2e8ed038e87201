import { expect, it } from 'vitest';
import { readSmallBody } from './body-streams.ts';
import { StoredBytes } from './stored-bytes.ts';

const text = async (stored: StoredBytes, range = {}): Promise<string> => Buffer.from(await readSmallBody(stored.open(range))).toString();

it.each([
  ['in memory', 1000],
  ['in a file', 5],
])('keeps bytes %s, gives ranges back and forgets an end', async (_where, maxMemoryBytes) => {
  const stored = new StoredBytes({ maxMemoryBytes });
  await stored.append(new TextEncoder().encode('abc'));
  await stored.append(new Blob(['defgh']).stream());
  expect(stored.size).toBe(8);
  expect(await text(stored)).toBe('abcdefgh');
  expect(await text(stored, { start: 2, end: 4 })).toBe('cd');
  await stored.truncate(4);
  await stored.append(new TextEncoder().encode('X'));
  expect(await text(stored)).toBe('abcdX');
  await stored.remove();
  await stored.remove();
  expect(stored.size).toBe(0);
});
