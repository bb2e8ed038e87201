import { describe, expect, it } from 'vitest';
import { failureOf } from '../../../test/destination-http/failure.ts';
import { onceEach } from './once-each.ts';

describe('onceEach', () => {
  it('shares the work among callers and keeps its success', async () => {
    const cache = onceEach<string>();
    let made = 0;
    const make = async () => `folder-${(made += 1)}`;
    const both = await Promise.all([cache.get('a', { make }), cache.get('a', { make })]);
    expect([...both, await cache.get('a', { make }), await cache.get('b', { make })]).toEqual([
      'folder-1',
      'folder-1',
      'folder-1',
      'folder-2',
    ]);
  });

  it('tells everyone of a failure, and tries again for the next', async () => {
    const cache = onceEach<string>();
    const reason = new Error('not now');
    const fail = async (): Promise<string> => {
      throw reason;
    };
    const both = await Promise.all([failureOf(cache.get('a', { make: fail })), failureOf(cache.get('a', { make: fail }))]);
    expect(both).toEqual([reason, reason]);
    expect(await cache.get('a', { make: async () => 'folder' })).toBe('folder');
  });

  it('forgets on request', async () => {
    const cache = onceEach<number>();
    let made = 0;
    const make = async () => (made += 1);
    await cache.get('a', { make });
    cache.forget('a');
    expect(await cache.get('a', { make })).toBe(2);
  });

  it('lets one caller go without failing the others', async () => {
    const cache = onceEach<string>();
    const controller = new AbortController();
    const { promise, resolve } = deferred<string>();
    let stopped = false;
    const make = (signal: AbortSignal) => {
      signal.addEventListener('abort', () => {
        stopped = true;
      });
      return promise;
    };
    const leaving = failureOf(cache.get('a', { make, signal: controller.signal }));
    const staying = cache.get('a', { make });
    controller.abort(new Error('stop'));
    expect(await leaving).toBe(controller.signal.reason);
    resolve('folder');
    expect(await staying).toBe('folder');
    expect(stopped).toBe(false);
  });

  it('stops the work when the last caller leaves, and starts anew for the next', async () => {
    const cache = onceEach<string>();
    const controller = new AbortController();
    const stopped = deferred<string>();
    const make = (signal: AbortSignal) =>
      new Promise<string>((_, reject) => {
        signal.addEventListener('abort', () => {
          stopped.resolve('stopped');
          reject(new Error('stopped'));
        });
      });
    const leaving = failureOf(cache.get('a', { make, signal: controller.signal }));
    controller.abort(new Error('stop'));
    expect(await leaving).toBe(controller.signal.reason);
    expect(await stopped.promise).toBe('stopped');
    expect(await cache.get('a', { make: async () => 'folder' })).toBe('folder');
  });
});

function deferred<Value>(): { readonly promise: Promise<Value>; readonly resolve: (value: Value) => void } {
  let resolve!: (value: Value) => void;
  const promise = new Promise<Value>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
