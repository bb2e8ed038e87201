import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { systemClock } from '../../src/destination/http/clock.ts';
import { bytesBody, documentBody } from '../../src/destination/http/request-body.ts';
import type { RequestEvent } from '../../src/destination/http/requester-types.ts';
import { countListeners } from './count-listeners.ts';
import { archiveErrorOf, failureOf } from './failure.ts';
import { closedPortUrl, type Exchange, startLoopback } from './loopback-server.ts';
import { createManualClock } from './manual-clock.ts';
import { testRequest, testRequester } from './test-requester.ts';

/** Answers the first requests with these, every later one with 200. */
function answers(...first: ((exchange: Exchange) => void)[]): (exchange: Exchange) => void {
  let count = 0;
  return (exchange) => {
    const answer = first[count] ?? (({ answer: send }) => send(200, { ok: true }));
    count += 1;
    answer(exchange);
  };
}

function slowDown({ answer }: Exchange): void {
  answer(429, 'Too many requests, please slow down', { 'content-type': 'text/plain' });
}

describe('a request that may be repeated', () => {
  it('is sent again after the connection was cut without an answer', async () => {
    const server = await startLoopback(answers(({ cut }) => cut()));
    const answer = await testRequester().request(testRequest(server.url));
    expect(answer.json(z.object({ ok: z.boolean() }))).toEqual({ ok: true });
    expect(server.requests).toHaveLength(2);
  });

  it('is sent again after the connection was cut in the middle of the answer', async () => {
    const server = await startLoopback(
      answers(({ response, cut }) => {
        response.writeHead(200, { 'content-length': '100' });
        response.write('{"ok":');
        setTimeout(cut, 5);
      }),
    );
    const answer = await testRequester().request(testRequest(server.url));
    expect(answer.status).toBe(200);
    expect(server.requests).toHaveLength(2);
  });

  it('opens its body anew for every try', async () => {
    const server = await startLoopback(answers(({ answer }) => answer(500)));
    let opened = 0;
    const body = documentBody({
      size: 3,
      open: () => {
        opened += 1;
        return ReadableStream.from([new TextEncoder().encode('abc')]);
      },
    });
    await testRequester().request(testRequest(server.url, { method: 'PUT', body }));
    expect(opened).toBe(2);
    expect(server.requests.map(({ text }) => text)).toEqual(['abc', 'abc']);
  });

  it.each([
    ['seconds', '7', 7000],
    ['a date', new Date(1_700_000_009_000).toUTCString(), 9000],
  ])('waits as long as Retry-After says in %s', async (_form, value, expectedMs) => {
    const server = await startLoopback(answers(({ answer }) => answer(429, {}, { 'retry-after': value })));
    const clock = createManualClock();
    await testRequester({ clock }).request(testRequest(server.url));
    expect(clock.waits).toEqual([expectedMs]);
  });

  it('waits as long as the body says', async () => {
    const server = await startLoopback(answers(({ answer }) => answer(403, { reason: 'slowDown', waitSeconds: 3 })));
    const clock = createManualClock();
    await testRequester({ clock }).request(testRequest(server.url));
    expect(clock.waits).toEqual([3000]);
  });

  it('backs off further each time when a plain-text 429 says no time', async () => {
    const server = await startLoopback(answers(slowDown, slowDown, slowDown));
    const clock = createManualClock();
    await testRequester({ clock, retry: { firstDelayMs: 100 } }).request(testRequest(server.url));
    expect(clock.waits).toEqual([100, 200, 400]);
  });

  it('is given up when the budget does not hold the wait, which the error then tells', async () => {
    const server = await startLoopback(({ answer }) => answer(429, {}, { 'retry-after': '300' }));
    const clock = createManualClock();
    const error = await archiveErrorOf(testRequester({ clock }).request(testRequest(server.url)));
    expect(error).toMatchObject({ code: 'destination.rate_limited', recovery: 'retry', retryAfterMs: 300_000 });
    expect(clock.waits).toEqual([]);
    expect(server.requests).toHaveLength(1);
  });

  it('is given up after its last try with the last failure', async () => {
    const server = await startLoopback(({ answer }) => answer(503));
    const error = await archiveErrorOf(testRequester({ retry: { maxTries: 3 } }).request(testRequest(server.url)));
    expect(error).toMatchObject({ code: 'destination.unavailable', details: { status: 503, operation: 'look' } });
    expect(server.requests).toHaveLength(3);
  });

  it('always gets its second try, however long the first one took', async () => {
    const clock = createManualClock();
    const server = await startLoopback(
      answers(({ answer }) => {
        clock.advance(3_600_000);
        answer(500);
      }),
    );
    await testRequester({ clock }).request(testRequest(server.url));
    expect(server.requests).toHaveLength(2);
  });

  it('is not sent again when a person has to do something first', async () => {
    const server = await startLoopback(({ answer }) => answer(403, { reason: 'full' }, { 'request-id': 'r-1' }));
    const error = await archiveErrorOf(testRequester().request(testRequest(server.url)));
    expect(error).toMatchObject({
      code: 'destination.quota_exceeded',
      hint: 'Empty the bin.',
      details: { reason: 'full', requestId: 'r-1' },
    });
    expect(server.requests).toHaveLength(1);
  });

  it('counts an accepted-but-not-ready answer as a reason to ask again', async () => {
    const server = await startLoopback(answers(({ answer }) => answer(202, undefined, { 'retry-after': '2' })));
    const clock = createManualClock();
    await testRequester({ clock }).request(testRequest(server.url, { method: 'POST' }));
    expect(clock.waits).toEqual([2000]);
  });
});

describe('repeat: after-refusal', () => {
  const upload = { method: 'POST', repeat: 'after-refusal', body: bytesBody(new Uint8Array(3)) } as const;

  it('sends again what the store refused', async () => {
    const server = await startLoopback(answers(({ answer }) => answer(409, { reason: 'busy_folder' })));
    await testRequester().request(testRequest(server.url, upload));
    expect(server.requests).toHaveLength(2);
  });

  it('sends again what never left this machine', async () => {
    const clock = createManualClock();
    const error = await archiveErrorOf(
      testRequester({ clock, retry: { maxTries: 3 } }).request(testRequest(await closedPortUrl(), upload)),
    );
    expect(error).toMatchObject({ code: 'destination.unavailable', details: { networkCode: 'ECONNREFUSED' } });
    expect(clock.waits).toHaveLength(2);
  });

  it.each([
    ['a lost reply', ({ cut }: Exchange) => cut()],
    ['a 503', ({ answer }: Exchange) => answer(503)],
  ])('does not send again after %s, which may have had an effect', async (_what, fail) => {
    const server = await startLoopback(answers(fail));
    const error = await archiveErrorOf(testRequester().request(testRequest(server.url, upload)));
    expect(error).toMatchObject({ code: 'destination.unavailable', recovery: 'retry' });
    expect(server.requests).toHaveLength(1);
  });
});

describe('expectations', () => {
  it('give a refusal as an answer when it is expected by its reason', async () => {
    const server = await startLoopback(({ answer }) => answer(409, { reason: 'taken', id: 7 }));
    const expectTaken = { expect: [201, { status: 409, reason: 'taken' }], method: 'POST' } as const;
    const answer = await testRequester().request(testRequest(server.url, expectTaken));
    expect(answer).toMatchObject({ status: 409, reason: 'taken' });
    expect(answer.json(z.object({ id: z.number() }))).toEqual({ id: 7 });
  });

  it('leave another reason of the same status to the table', async () => {
    const server = await startLoopback(answers(({ answer }) => answer(409, { reason: 'busy' })));
    const expectTaken = { expect: [200, { status: 409, reason: 'taken' }] };
    expect((await testRequester().request(testRequest(server.url, expectTaken))).status).toBe(200);
  });
});

describe('the pause', () => {
  it('holds every request of the adapter back when one is told to wait', async () => {
    const server = await startLoopback(
      answers(
        ({ answer }) => answer(200),
        ({ answer }) => answer(429, {}, { 'retry-after': '20' }),
      ),
    );
    const clock = createManualClock();
    const events: RequestEvent[] = [];
    const requester = testRequester({ clock, onEvent: (event) => events.push(event) });
    await requester.request(testRequest(server.url));
    await failureOf(requester.request(testRequest(server.url, { repeat: 'never' })));
    expect(clock.waits).toEqual([]);
    await requester.request(testRequest(server.url));
    expect(clock.waits).toEqual([20_000]);
    expect(events).toContainEqual({ type: 'requests.paused', waitMs: 20_000 });
  });

  it('fails a request at once when it is longer than the budget', async () => {
    const server = await startLoopback(answers(({ answer }) => answer(429, {}, { 'retry-after': '120' })));
    const requester = testRequester();
    await failureOf(requester.request(testRequest(server.url)));
    const error = await archiveErrorOf(requester.request(testRequest(server.url)));
    expect(error).toMatchObject({ code: 'destination.rate_limited', retryAfterMs: 120_000 });
    expect(server.requests).toHaveLength(1);
  });

  it('begins early when the adapter reads from a good answer that little is left', async () => {
    const server = await startLoopback(({ answer }) => answer(200));
    const clock = createManualClock();
    const requester = testRequester({ clock, readPause: () => 5000 });
    await requester.request(testRequest(server.url));
    await requester.request(testRequest(server.url));
    expect(clock.waits).toEqual([5000]);
  });

  it('ends with the reason of an abort and leaves no listener', async () => {
    const server = await startLoopback(({ answer }) => answer(429, {}, { 'retry-after': '20' }));
    const controller = new AbortController();
    const reason = new Error('stop');
    const listeners = countListeners(controller.signal);
    const onEvent = ({ type }: RequestEvent) => {
      if (type === 'request.repeated') setTimeout(() => controller.abort(reason), 5);
    };
    const request = testRequest(server.url, { signal: controller.signal });
    expect(await failureOf(testRequester({ clock: systemClock, onEvent }).request(request))).toBe(reason);
    expect(listeners()).toBe(0);
  });

  it('does not hold others back for an answer that concerns one request only', async () => {
    const server = await startLoopback(answers(({ answer }) => answer(202, undefined, { 'retry-after': '20' })));
    const clock = createManualClock();
    const requester = testRequester({ clock });
    await failureOf(requester.request(testRequest(server.url, { repeat: 'never' })));
    await requester.request(testRequest(server.url));
    expect(clock.waits).toEqual([]);
  });
});
