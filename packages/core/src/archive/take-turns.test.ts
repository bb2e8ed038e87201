import { expect, it } from 'vitest';
import { Turns } from './take-turns.ts';

function makeGate(): { readonly opened: Promise<void>; open(): void } {
  let open = (): void => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}

it('lets one wait for the other, also after it failed', async () => {
  const turns = new Turns();
  const order: string[] = [];
  const first = makeGate();
  const failing = turns.take('copy', {
    work: async () => {
      await first.opened;
      order.push('first');
      throw new Error('first');
    },
  });
  const second = turns.take('copy', { work: async () => order.push('second') });
  first.open();
  await expect(failing).rejects.toThrow('first');
  await second;
  expect(order).toEqual(['first', 'second']);
});

it('lets go of a caller who is aborted while waiting, and keeps the others in line', async () => {
  const turns = new Turns();
  const order: string[] = [];
  const first = makeGate();
  const running = turns.take('copy', { work: () => first.opened.then(() => order.push('first')) });
  const controller = new AbortController();
  const impatient = turns.take('copy', { signal: controller.signal, work: async () => order.push('second') });
  const third = turns.take('copy', { work: async () => order.push('third') });

  controller.abort(new Error('no time'));
  await expect(impatient).rejects.toThrow('no time');
  expect(order).toEqual([]);

  first.open();
  await Promise.all([running, third]);
  expect(order).toEqual(['first', 'third']);
});
