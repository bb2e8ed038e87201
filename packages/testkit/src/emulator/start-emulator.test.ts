import { afterEach, describe, expect, it, vi } from 'vitest';
import { createEmulatorClock, type Emulator, type EmulatorOptions, startEmulator } from './index.ts';

type Origin = 'api' | 'links';

const running: Emulator<Origin>[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((emulator) => emulator.stop()));
});

interface Store {
  readonly emulator: Emulator<Origin>;
  readonly effects: string[];
}

async function startStore(options: Partial<EmulatorOptions<Origin>> = {}): Promise<Store> {
  const effects: string[] = [];
  const emulator = await startEmulator<Origin>({
    origins: {
      async api(request) {
        const text = await request.text();
        effects.push(`${request.method} ${text.length}`);
        return Response.json({ received: text.length });
      },
      async links(request, { urls }) {
        const { pathname } = new URL(request.url);
        if (pathname === '/moved') return new Response(null, { status: 302, headers: { location: `${urls.api}/target` } });
        return new Response('0123456789'.repeat(10));
      },
    },
    ...options,
  });
  running.push(emulator);
  return { emulator, effects };
}

const post = (body: string | ReadableStream): RequestInit => ({ method: 'POST', body, duplex: 'half' });

describe.each(['over a socket', 'in process'] as const)('an emulator %s', (way) => {
  const fetchOf = (emulator: Emulator<Origin>): typeof fetch => (way === 'over a socket' ? fetch : emulator.fetch);

  it('answers, and records what it was asked', async () => {
    const { emulator } = await startStore({ credentialHeaders: ['x-key'] });
    const response = await fetchOf(emulator)(`${emulator.url}/a%20b?c=d`, { ...post('hello'), headers: { 'x-key': 'secret' } });
    expect(await response.json()).toEqual({ received: 5 });
    expect(emulator.requests.all).toMatchObject([
      { sequence: 1, origin: 'api', method: 'POST', path: '/a%20b', requestBytes: 5, responseBytes: 14, status: 200, outcome: 'answered' },
    ]);
    expect(emulator.requests.all[0]?.query.get('c')).toBe('d');
    expect(emulator.requests.all[0]?.headers).toMatchObject({ 'x-key': '[redacted]', 'content-length': '5' });
  });

  it('counts requests since a mark', async () => {
    const { emulator } = await startStore();
    await fetchOf(emulator)(emulator.url, post('1'));
    emulator.requests.mark('second');
    await fetchOf(emulator)(emulator.url, post('2'));
    expect(emulator.requests.count()).toBe(2);
    expect(emulator.requests.count({ since: 'second', method: 'post' })).toBe(1);
    expect(emulator.requests.count({ since: 'second', method: 'GET' })).toBe(0);
  });

  it('answers an injected status as often as it was told, with the provider’s own body', async () => {
    const { emulator, effects } = await startStore({
      faultReply: (status) => ({ body: { code: status }, headers: { 'x-provider': 'yes' } }),
    });
    emulator.faults.inject({ kind: 'status', status: 429, headers: { 'retry-after': '3' }, nth: 2, times: 2 });
    const statuses: number[] = [];
    for (let index = 0; index < 4; index += 1) statuses.push((await fetchOf(emulator)(emulator.url, post('x'))).status);
    expect(statuses).toEqual([200, 429, 429, 200]);
    expect(effects).toHaveLength(2);
    emulator.faults.inject({ kind: 'status', status: 429, headers: { 'retry-after': '3' } });
    const refused = await fetchOf(emulator)(emulator.url, post('x'));
    expect(Object.fromEntries(refused.headers)).toMatchObject({
      'retry-after': '3',
      'x-provider': 'yes',
      'content-type': 'application/json',
    });
    expect(await refused.json()).toEqual({ code: 429 });
  });

  it('cuts a request before it has an effect', async () => {
    const { emulator, effects } = await startStore();
    emulator.faults.inject({ kind: 'cutRequest', afterBytes: 2, method: 'POST' });
    await expect(fetchOf(emulator)(emulator.url, post('hello'))).rejects.toBeInstanceOf(TypeError);
    expect(effects).toEqual([]);
    expect(emulator.requests.all).toMatchObject([{ outcome: 'cut', fault: 'cutRequest', status: undefined }]);
  });

  it('loses a reply after the effect', async () => {
    const { emulator, effects } = await startStore();
    emulator.faults.inject({ kind: 'loseReply' });
    await expect(fetchOf(emulator)(emulator.url, post('hello'))).rejects.toBeInstanceOf(TypeError);
    expect(effects).toEqual(['POST 5']);
    expect(emulator.requests.all).toMatchObject([{ outcome: 'reply-lost', status: 200 }]);
  });

  it('cuts an answer after so many bytes', async () => {
    const { emulator } = await startStore();
    emulator.faults.inject({ kind: 'cutResponse', afterBytes: 30 });
    const response = await fetchOf(emulator)(emulator.urls.links);
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toBeInstanceOf(TypeError);
    expect(emulator.requests.all).toMatchObject([{ outcome: 'answer-cut', responseBytes: 30 }]);
  });

  it('corrupts one byte of an answer', async () => {
    const { emulator } = await startStore();
    emulator.faults.inject({ kind: 'corruptResponse', atByte: 5 });
    emulator.faults.inject({ kind: 'corruptResponse', atByte: 5000, nth: 2 });
    const differences = async (): Promise<number[]> => {
      const bytes = new Uint8Array(await (await fetchOf(emulator)(emulator.urls.links)).arrayBuffer());
      return [...bytes].flatMap((byte, index) => (byte === 48 + (index % 10) ? [] : [index]));
    };
    expect(await differences()).toEqual([5]);
    expect(await differences()).toEqual([99]);
    expect(await differences()).toEqual([]);
  });

  it('hangs until the caller gives up, with the caller’s reason', async () => {
    const { emulator, effects } = await startStore();
    emulator.faults.inject({ kind: 'hang' });
    const controller = new AbortController();
    emulator.onRequest(() => void setTimeout(() => controller.abort(new Error('enough')), 5));
    await expect(fetchOf(emulator)(emulator.url, { ...post('x'), signal: controller.signal })).rejects.toThrow('enough');
    expect(effects).toEqual([]);
  });

  it('hangs until it is stopped', async () => {
    const { emulator } = await startStore();
    emulator.faults.inject({ kind: 'hang' });
    emulator.onRequest(() => void setTimeout(() => void emulator.stop(), 5));
    await expect(fetchOf(emulator)(emulator.url, post('x'))).rejects.toBeInstanceOf(TypeError);
  });

  it('delays on its own clock', async () => {
    const clock = createEmulatorClock({ startAt: new Date(0) });
    const { emulator } = await startStore({ clock });
    emulator.faults.inject({ kind: 'delay', delayMs: 60_000 });
    emulator.onRequest((_request, phase) => void setTimeout(() => phase === 'before-effect' && clock.advance(60_000), 5));
    expect(await (await fetchOf(emulator)(emulator.url, post('x'))).json()).toEqual({ received: 1 });
    expect(emulator.requests.all).toMatchObject([{ startedAt: 0, endedAt: 60_000 }]);
  });

  it.each([
    ['before-effect', []],
    ['after-effect', ['POST 5']],
  ] as const)('lets a hook cut the connection %s', async (when, expected) => {
    const { emulator, effects } = await startStore();
    const remove = emulator.onRequest((_request, phase) => (phase === when ? 'cut' : undefined));
    await expect(fetchOf(emulator)(emulator.url, post('hello'))).rejects.toBeInstanceOf(TypeError);
    expect(effects).toEqual(expected);
    remove();
    expect((await fetchOf(emulator)(emulator.url, post('hello'))).status).toBe(200);
  });

  it('follows a redirect to another origin without the authorization, unless told not to', async () => {
    const { emulator } = await startStore();
    const moved = `${emulator.urls.links}/moved`;
    const response = await fetchOf(emulator)(moved, { headers: { authorization: 'Bearer x' } });
    expect(response.url).toBe(`${emulator.url}/target`);
    expect(emulator.requests.list({ origin: 'api' })[0]?.headers).not.toHaveProperty('authorization');
    expect((await fetchOf(emulator)(moved, { redirect: 'manual' })).status).toBe(302);
    await expect(fetchOf(emulator)(moved, { redirect: 'error' })).rejects.toBeInstanceOf(TypeError);
  });

  it('holds back a sender that is faster than the handler', async () => {
    let produced = 0;
    const endless = new ReadableStream({
      pull(controller) {
        produced += 1;
        controller.enqueue(new Uint8Array(64 * 1024));
      },
    });
    const { emulator } = await startStore({
      origins: {
        async api(request) {
          const reader = request.body?.getReader();
          await reader?.read();
          await new Promise((resolve) => setTimeout(resolve, 50));
          await reader?.cancel();
          return new Response('enough');
        },
        links: async () => new Response(),
      },
    });
    await fetchOf(emulator)(emulator.url, post(endless)).catch(() => undefined);
    // What the kernel's socket buffers take is all that may lie between the two.
    expect(produced).toBeLessThan(way === 'in process' ? 8 : 200);
  });

  it('has no effect when the body breaks off at its source, and says why', async () => {
    const { emulator, effects } = await startStore();
    let pulls = 0;
    const broken = new ReadableStream({
      pull(controller) {
        pulls += 1;
        if (pulls > 3) throw new Error('the source broke');
        controller.enqueue(new Uint8Array(10));
      },
    });
    const failure: unknown = await fetchOf(emulator)(emulator.url, post(broken)).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(TypeError);
    expect((failure as TypeError).cause).toMatchObject({ message: 'the source broke' });
    await vi.waitFor(() => expect(emulator.requests.all).toMatchObject([{ outcome: 'cut' }]));
    expect(effects).toEqual([]);
  });

  it('stops reading its source when the caller leaves a long answer', async () => {
    const cancel = vi.fn<() => void>();
    const { emulator } = await startStore({
      origins: {
        api: async () => new Response(new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(65_536)), cancel })),
        links: async () => new Response(),
      },
    });
    const controller = new AbortController();
    const response = await fetchOf(emulator)(emulator.url, { signal: controller.signal });
    const reader = response.body?.getReader();
    await reader?.read();
    controller.abort(new Error('enough'));
    await reader?.cancel().catch(() => undefined);
    await vi.waitFor(() => expect(cancel).toHaveBeenCalled());
    expect(emulator.requests.all).toMatchObject([{ outcome: 'answer-cut' }]);
  });

  it('shows a mistake in a handler as a 500 that names it', async () => {
    const { emulator } = await startStore({
      origins: {
        api: () => Promise.reject(new Error('a bug of ours')),
        links: async () => new Response(),
      },
    });
    const response = await fetchOf(emulator)(emulator.url, post('x'));
    expect(response.status).toBe(500);
    expect(await response.text()).toContain('a bug of ours');
  });

  it('is gone after stop', async () => {
    const { emulator } = await startStore();
    await emulator.stop();
    await expect(fetchOf(emulator)(emulator.url, post('x'))).rejects.toBeInstanceOf(TypeError);
  });
});

it('answers under the provider’s public address and needs no server', async () => {
  const { emulator } = await startStore({ listen: false, aliases: { links: ['https://links.example.com'] } });
  expect(await (await emulator.fetch('https://links.example.com/x')).text()).toHaveLength(100);
  await expect(emulator.fetch('https://elsewhere.example.com/')).rejects.toBeInstanceOf(TypeError);
});

it('lets a handler see what arrived of a torn body when the fault keeps it', async () => {
  let seen = 0;
  const { emulator } = await startStore({
    origins: {
      async api(request) {
        for await (const chunk of request.body ?? []) seen += chunk.byteLength;
        return new Response('never sent');
      },
      links: async () => new Response(),
    },
  });
  emulator.faults.inject({ kind: 'cutRequest', afterBytes: 3, received: 'kept' });
  await expect(fetch(emulator.url, post('hello'))).rejects.toBeInstanceOf(TypeError);
  expect(seen).toBe(3);
});
