import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { openDatabase } from '../src/database/open-database.ts';
import { describeOnEngines } from './describe-on-engines.ts';
import type { TimerTask } from './timer-process.ts';

const patient = { timeout: 30_000 };

/** Starts a process that runs the timer; it ends with the test at the latest. */
function startProcess(task: TimerTask): { readonly pid: number; readonly kill: () => void } {
  const program = fileURLToPath(new URL('timer-process.ts', import.meta.url));
  const flags = ['--conditions=@spotdraft-archive/source', '--no-warnings', program];
  const child = spawn(process.execPath, flags, { stdio: 'inherit', env: { ...process.env, TIMER: JSON.stringify(task) } });
  const kill = (): void => void child.kill('SIGKILL');
  onTestFinished(kill);
  return { pid: child.pid ?? 0, kill };
}

describeOnEngines('a timer of two processes', (engine) => {
  it('runs in one of them at a time, and goes on in the other when that one is killed', { timeout: 90_000 }, async () => {
    const { options: database, drop } = await engine.create();
    onTestFinished(drop);
    const folder = await mkdtemp(join(tmpdir(), 'archive-timers-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const task = { database, file: join(folder, 'runs'), everyMs: 100, leaseMs: 3_000 };
    await writeFile(task.file, '');
    await (await openDatabase(database)).close();
    const processes = [startProcess(task), startProcess(task)];
    const runs = async (): Promise<readonly string[]> => (await readFile(task.file, 'utf8')).split('\n').filter(Boolean);

    await expect.poll(async () => (await runs()).filter((line) => line.endsWith('is up')).length, patient).toBe(2);
    const began = (await runs()).length;
    await expect.poll(async () => (await runs()).length, patient).toBeGreaterThan(began + 6);
    await writeFile(`${task.file}.hang`, '');
    await expect.poll(async () => (await runs()).at(-1), patient).toMatch(/hangs$/);
    const after = await runs();
    const pid = Number(after.at(-1)?.split(' ')[0]);
    processes.find((each) => each.pid === pid)?.kill();
    await rm(`${task.file}.hang`);
    await expect.poll(async () => (await runs()).length, patient).toBeGreaterThan(after.length + 1);

    const lines = await runs();
    const others = lines.slice(after.length);
    expect(new Set(others.map((line) => line.split(' ')[0])).has(String(pid))).toBe(false);
    // Whoever begins ends before another begins, all but the one that was killed.
    const whole = [...after.slice(0, -2), ...others].filter((line) => !line.endsWith('is up'));
    for (let index = 0; index + 1 < whole.length; index += 2) {
      const [name] = whole[index]?.split(' ') ?? [];
      expect([whole[index], whole[index + 1]]).toEqual([`${name} begins`, `${name} ends`]);
    }
  });
});
