import { existsSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { withLock } from './with-lock.mjs';

let folder: string;
let lock: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'with-lock-'));
  lock = join(folder, 'nested', 'lock');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('lets one work after the other', async () => {
  const steps: string[] = [];
  const work = (name: string) =>
    withLock(lock, async () => {
      steps.push(`${name} begins`);
      await new Promise(setImmediate);
      steps.push(`${name} ends`);
    });
  await Promise.all([work('first'), work('second')]);
  expect(steps).toEqual(['first begins', 'first ends', 'second begins', 'second ends']);
});

it('hands on the result and the error, and is free again afterwards', async () => {
  await expect(withLock(lock, async () => 7)).resolves.toBe(7);
  await expect(
    withLock(lock, async () => {
      throw new Error('no disk');
    }),
  ).rejects.toThrow('no disk');
  expect(existsSync(lock)).toBe(false);
});

it('takes over from a process that died', async () => {
  await withLock(lock, async () => {});
  // Process numbers end far below this one.
  writeFileSync(lock, '2147483646');
  await expect(withLock(lock, async () => 'taken over')).resolves.toBe('taken over');
});

it('takes over a lock that is older than any installation', async () => {
  await withLock(lock, async () => {});
  writeFileSync(lock, String(process.pid));
  const hourAgo = new Date(Date.now() - 3_600_000);
  utimesSync(lock, hourAgo, hourAgo);
  await expect(withLock(lock, async () => 'taken over')).resolves.toBe('taken over');
});
