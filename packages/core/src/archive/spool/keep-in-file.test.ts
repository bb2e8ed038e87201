import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { keepInFile } from './keep-in-file.ts';
import { temporaryFileError } from './temporary-file-error.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'spotdraft-archive-test-'));
});
afterEach(() => rm(directory, { recursive: true }));

async function* oneByte(): AsyncGenerator<Uint8Array> {
  yield new Uint8Array(1);
}

it('says what to do when the folder is missing or is none, without its path', async () => {
  await writeFile(join(directory, 'file'), '');
  for (const name of ['missing', 'file']) {
    const error: unknown = await keepInFile(oneByte(), join(directory, name)).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'temporary_file.unavailable', recovery: 'operator' });
    expect(error).toHaveProperty('hint', expect.stringContaining('"temporaryDirectory"'));
    expect(error).toHaveProperty('message', expect.not.stringContaining(directory));
  }
});

it('says what to do when the disk is full', () => {
  const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC', syscall: 'write' });
  expect(temporaryFileError(full)).toMatchObject({
    code: 'temporary_file.unavailable',
    recovery: 'operator',
    details: { reason: 'ENOSPC' },
    hint: expect.stringContaining('disk is full'),
  });
});

it('passes on what the source throws, and leaves nothing behind', async () => {
  async function* broken(): AsyncGenerator<Uint8Array> {
    yield new Uint8Array(1);
    throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET', syscall: 'read' });
  }
  await expect(keepInFile(broken(), directory)).rejects.toThrow('socket hang up');
  expect(await readdir(directory)).toEqual([]);
});
