import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type SpotDraftEmulator, sha256OfDocument, startSpotDraftEmulator } from '@spotdraft-archive/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BundledProgram, bundleProgram } from '../../../../scripts/bundle-program.ts';
import { filesystem } from '../../src/index.ts';
import { type ArchiveTask, archiveOnce } from './archive-once.ts';

let emulator: SpotDraftEmulator;
let contractId: string;
let sha256: string;
let steps: number;
let requests: number;

/** Archives once, and dies at a step. */
let program: BundledProgram;

/** Archives of this test, each in a folder of its own. */
let base: string;

beforeAll(async () => {
  emulator = await startSpotDraftEmulator({ rateLimit: false });
  base = await mkdtemp(join(tmpdir(), 'interrupted-'));
  program = await bundleProgram(fileURLToPath(new URL('archive-in-child.ts', import.meta.url)));
  const { id, versions } = emulator.state.addContract({ title: 'Mutual NDA', status: 'EXECUTED', document: { size: 200_000 } });
  contractId = id;
  sha256 = await sha256OfDocument((await versions[0]?.openPdf()) ?? { size: 0, open: () => new ReadableStream() });

  steps = 0;
  emulator.requests.clear();
  await archiveOnce(await newTask(), { atStep: (number) => (steps = number) });
  requests = emulator.requests.all.length;
});
afterAll(async () => {
  await emulator.stop();
  await program.remove();
  await rm(base, { recursive: true });
});

async function newTask(): Promise<ArchiveTask> {
  const { url, clientId, clientSecret } = emulator;
  const [directory, temporaryDirectory] = [await mkdtemp(join(base, 'archive-')), await mkdtemp(join(base, 'spool-'))];
  return { spotdraft: { url, clientId, clientSecret }, contractId, directory, temporaryDirectory };
}

/** Runs once more, undisturbed, and looks for exactly one right copy, its receipt, and no temporary file. */
async function expectOneCopyAfterRepeat(task: ArchiveTask, interruptedAt: string): Promise<void> {
  const { receipts } = await archiveOnce(task, { atStep: () => {} });

  const entries = await readdir(task.directory, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => relative(task.directory, join(entry.parentPath, entry.name)));
  const visible = files.filter((file) => !file.startsWith('.'));
  expect(visible, interruptedAt).toEqual([receipts.folder?.path]);
  const copy = await readFile(join(task.directory, visible[0] ?? ''));
  expect(createHash('sha256').update(copy).digest('hex'), interruptedAt).toBe(sha256);
  expect(receipts.folder, interruptedAt).toMatchObject({ contractId, sha256, size: 200_000 });
  expect(await filesystem({ directory: task.directory }).find({ key: receipts.folder?.key ?? '' })).toMatchObject({
    id: receipts.folder?.id,
  });
  expect(
    files.filter((file) => /tmp|temp/i.test(file)),
    interruptedAt,
  ).toEqual([]);
  expect(await readdir(task.temporaryDirectory), interruptedAt).toEqual([]);
}

describe('whatever interrupts an archive run, the next one ends with one copy and one receipt', () => {
  it('has many places to be interrupted at', () => {
    expect(steps).toBeGreaterThan(25);
    expect(requests).toBeGreaterThan(3);
  });

  it('an abort at any step', async () => {
    for (let at = 1; at <= steps; at++) {
      const task = await newTask();
      const controller = new AbortController();
      const reason = new Error(`aborted at step ${at}`);
      const run = archiveOnce(task, { atStep: (number) => number === at && controller.abort(reason), signal: controller.signal });
      // After its last wait a run may end well all the same.
      const [{ reason: thrown = reason }] = (await Promise.allSettled([run])) as [{ reason?: unknown }];
      expect(thrown).toBe(reason);
      await expectOneCopyAfterRepeat(task, reason.message);
    }
  });

  it('an error at any step', async () => {
    for (let at = 1; at <= steps; at++) {
      const task = await newTask();
      const run = archiveOnce(task, {
        atStep: (number) => {
          if (number === at) throw new Error(`failed at step ${at}`);
        },
      });
      await run.catch(() => {});
      await expectOneCopyAfterRepeat(task, `failed at step ${at}`);
    }
    expect(steps).toBeGreaterThan(0);
  });

  it.each(['status', 'cutRequest', 'loseReply', 'cutResponse', 'corruptResponse'] as const)(
    'any request that fails for good (%s)',
    async (kind) => {
      for (let nth = 1; nth <= requests; nth++) {
        const task = await newTask();
        const fault = emulator.faults.inject({ kind, nth, times: 4, ...(kind === 'status' && { status: 503 }) } as Parameters<
          typeof emulator.faults.inject
        >[0]);
        await archiveOnce(task, { atStep: () => {} }).catch(() => {});
        expect(fault.fired).toBeGreaterThan(0);
        fault.remove();
        await expectOneCopyAfterRepeat(task, `${kind} at request ${nth}`);
      }
    },
  );

  it('a killed process, at any step', { timeout: 120_000 }, async () => {
    const all = Array.from({ length: steps }, (_, index) => index + 1);
    const killAt = async (at: number): Promise<void> => {
      const task = await newTask();
      expect(await signalOfChild({ task, dieAt: at })).toBe('SIGKILL');
      await expectOneCopyAfterRepeat(task, `killed at step ${at}`);
    };
    // Two at a time: most of the time goes into starting processes.
    await Promise.all(
      [0, 1].map(async (half) => {
        for (const at of all.filter((number) => number % 2 === half)) await killAt(at);
      }),
    );
  });
});

function signalOfChild(given: { readonly task: ArchiveTask; readonly dieAt: number }): Promise<string | null> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [program.file, JSON.stringify(given)]);
    child.on('exit', (_code, signal) => resolve(signal));
  });
}
