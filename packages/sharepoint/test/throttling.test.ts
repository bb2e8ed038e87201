import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock, RequestEvent } from '@spotdraft-archive/core/destination';
import { createEmulatorClock, type MicrosoftGraphEmulator, sampleDocument, startMicrosoftGraphEmulator } from '@spotdraft-archive/testkit';
import PQueue from 'p-queue';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { emulatedTime, libraryOn } from './library-harness.ts';

const clock = createEmulatorClock({ startAt: new Date('2026-11-24T00:00:00Z') });
let emulator: MicrosoftGraphEmulator;
beforeEach(async () => {
  emulator = await startMicrosoftGraphEmulator({ clock });
});
afterEach(() => emulator.stop());

const retry = { budgetMs: 120_000 };

describe('an answer with Retry-After', () => {
  it.each([429, 503, 504, 509])(
    'answered with %i holds every request of the adapter, those to upload sessions too, until that time is over',
    async (status) => {
      let waiting = 0;
      const time: Clock = {
        now: () => clock.now(),
        random: () => 0,
        async wait(milliseconds, { signal } = {}) {
          waiting += 1;
          await clock.sleep(milliseconds, signal).finally(() => {
            waiting -= 1;
          });
        },
      };
      const destination = libraryOn(emulator, { clock: time, retry });
      await destination.put(sampleDocument(destination));
      const reason = { error: { code: 'activityLimitReached' } };
      emulator.faults.inject({
        kind: 'status',
        status,
        body: reason,
        headers: { 'retry-after': '30' },
        method: 'PUT',
        path: /\/content$/,
        nth: 3,
      });
      let done = 0;
      const documents = Array.from({ length: 20 }, (_, index) => sampleDocument(destination, { size: index < 2 ? 700_000 : 3_000 }));
      const burst = Promise.all(documents.map((document) => destination.put(document).finally(() => (done += 1))));
      await vi.waitFor(() => expect(waiting + done).toBe(documents.length), { timeout: 30_000 });

      emulator.requests.mark('paused');
      clock.advance(29_999);
      await nextTurn();
      expect(emulator.requests.count({ since: 'paused' })).toBe(0);
      clock.advance(1);
      await burst;
      expect(emulator.requests.count({ since: 'paused', origin: 'uploads' })).toBeGreaterThan(0);
      expect(emulator.requests.list({ since: 'paused' }).filter(({ status: answered }) => answered === status)).toEqual([]);
    },
  );
});

describe('RateLimit headers', () => {
  it('slow a burst down before Graph has to refuse anything', async () => {
    emulator.behaviour.unitsPerMinute = 200;
    const pauses: { readonly from: number; readonly until: number }[] = [];
    const onEvent = (event: RequestEvent) => {
      if (event.type === 'requests.paused') pauses.push({ from: clock.now(), until: clock.now() + event.waitMs });
    };
    const destination = libraryOn(emulator, { clock: emulatedTime(emulator), retry, onEvent });
    const startedAt = clock.now();
    const queue = new PQueue({ concurrency: 8 });
    const documents = Array.from({ length: 120 }, () => sampleDocument(destination));
    await queue.addAll(documents.map((document) => () => destination.put(document)));

    expect(emulator.library.items.filter(({ fields }) => fields.has('ArchiveKey'))).toHaveLength(120);
    expect(emulator.requests.list().filter(({ status }) => status === 429)).toEqual([]);
    // 120 documents of four units each are 480: at 180 a minute, two minutes are waited for.
    expect(clock.now() - startedAt).toBeGreaterThanOrEqual(120_000);
    const times = emulator.requests.list().map((request) => request.startedAt);
    expect(pauses.length).toBeGreaterThanOrEqual(2);
    for (const { from, until } of pauses) expect(times.filter((time) => time > from && time < until)).toEqual([]);
  });

  it('without them, the refusals are waited out and nothing is lost', async () => {
    emulator.behaviour.unitsPerMinute = 200;
    const blind: typeof fetch = async (input, init) => {
      const response = await fetch(input, init);
      const headers = new Headers(response.headers);
      for (const name of ['limit', 'remaining', 'reset']) headers.delete(`ratelimit-${name}`);
      return new Response(response.body, { status: response.status, headers });
    };
    const destination = libraryOn(emulator, { clock: emulatedTime(emulator), retry, fetch: blind });
    const queue = new PQueue({ concurrency: 8 });
    const documents = Array.from({ length: 60 }, () => sampleDocument(destination));
    await queue.addAll(documents.map((document) => () => destination.put(document)));
    expect(emulator.library.items.filter(({ fields }) => fields.has('ArchiveKey'))).toHaveLength(60);
    const refused = emulator.requests.list().filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.length).toBeLessThanOrEqual(8);
  });
});
