import { expect, it } from 'vitest';
import { runSteps } from './run-steps.ts';
import type { Step } from './step.ts';

async function run(steps: readonly Step[], concurrency = 2) {
  const printed: string[] = [];
  const outcomes = await runSteps(steps, { concurrency, print: (line) => printed.push(line.replace(/\d+\.\d s/, 'n s')) });
  return { printed, outcomes: Object.fromEntries(outcomes) };
}

const passes = (name: string, needs: readonly string[] = []): Step => ({ name, needs, run: () => `${name} looked at` });
const fails = (name: string, needs: readonly string[] = []): Step => ({ name, needs, run: () => Promise.reject(new Error('one\ntwo\n')) });

it('prints one line for a step that passed', async () => {
  expect(await run([passes('types'), { name: 'quiet', run: () => undefined }])).toEqual({
    printed: ['✓ types (n s): types looked at', '✓ quiet (n s)'],
    outcomes: { types: 'passed', quiet: 'passed' },
  });
});

it('prints what went wrong, and runs the other steps all the same', async () => {
  expect(await run([fails('lint'), passes('types')])).toEqual({
    printed: expect.arrayContaining(['✗ lint (n s)\n  one\n  two', '✓ types (n s): types looked at']),
    outcomes: { lint: 'failed', types: 'passed' },
  });
});

it('takes a step that throws at once for failed', async () => {
  const throws: Step = {
    name: 'arrows',
    run: () => {
      throw new Error('no');
    },
  };
  expect((await run([throws])).outcomes).toEqual({ arrows: 'failed' });
});

it('leaves out what needs a step that failed or was left out', async () => {
  const { printed, outcomes } = await run([fails('build'), passes('pack', ['build']), passes('size', ['pack'])]);
  expect(outcomes).toEqual({ build: 'failed', pack: 'left out', size: 'left out' });
  expect(printed).toContain('- size: left out, it needs pack');
});

it('begins a step when those that it needs have ended', async () => {
  const order: string[] = [];
  const noted = (name: string, needs: readonly string[] = []): Step => ({
    name,
    needs,
    run: async () => {
      order.push(`${name} begins`);
      await new Promise(setImmediate);
      order.push(`${name} ends`);
      return undefined;
    },
  });
  await run([noted('build'), noted('pack', ['build'])]);
  expect(order).toEqual(['build begins', 'build ends', 'pack begins', 'pack ends']);
});

it('runs no more steps at once than it may', async () => {
  let running = 0;
  let most = 0;
  const counted = (name: string): Step => ({
    name,
    run: async () => {
      most = Math.max(most, ++running);
      await new Promise(setImmediate);
      running -= 1;
      return undefined;
    },
  });
  await run(['a', 'b', 'c', 'd'].map(counted), 2);
  expect(most).toBe(2);
});

it('refuses a list in which a step needs one that does not come before it', async () => {
  await expect(run([passes('pack', ['build']), passes('build')])).rejects.toThrow('pack needs build');
});
