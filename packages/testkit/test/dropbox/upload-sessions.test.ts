import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DropboxEmulator, startDropboxEmulator } from '../../src/emulators.ts';

let emulator: DropboxEmulator;
beforeEach(async () => {
  emulator = await startDropboxEmulator({ listen: false });
});
afterEach(() => emulator.stop());

const blockBytes = 4 * 2 ** 20;
const session = 'files/upload_session';

async function call(route: string, argument: object, bytes?: Uint8Array<ArrayBuffer>): Promise<unknown> {
  const authorization = `Bearer ${emulator.accessToken}`;
  const json = JSON.stringify(argument);
  const response =
    bytes === undefined
      ? await emulator.fetch(`https://api.dropboxapi.com/2/${route}`, {
          method: 'POST',
          headers: { authorization, 'content-type': 'application/json' },
          body: json,
        })
      : await emulator.fetch(`https://content.dropboxapi.com/2/${route}`, {
          method: 'POST',
          headers: { authorization, 'dropbox-api-arg': json, 'content-type': 'application/octet-stream' },
          body: bytes,
        });
  const answer = (await response.json()) as { readonly error_summary?: string } | null;
  return answer?.error_summary?.replace(/\/\.*$/, '') ?? answer;
}

const nothing = new Uint8Array();
const start = async (argument: object) =>
  ((await call(`${session}/start`, argument, nothing)) as { readonly session_id: string }).session_id;
const append = (id: string, offset: number, bytes: Uint8Array<ArrayBuffer>, close = false) =>
  call(`${session}/append_v2`, { cursor: { session_id: id, offset }, close }, bytes);
const finish = (id: string, offset: number, bytes = nothing) =>
  call(`${session}/finish`, { cursor: { session_id: id, offset }, commit: { path: '/A.pdf' } }, bytes);

describe('a concurrent session', () => {
  const concurrent = { session_type: { '.tag': 'concurrent' } };
  const last = new Uint8Array(100).fill(3);
  const size = 2 * blockBytes + last.byteLength;
  const block = (value: number) => new Uint8Array(blockBytes).fill(value);

  it('takes its pieces in any order, and one of them twice', async () => {
    const id = await start(concurrent);
    await append(id, 2 * blockBytes, last, true);
    await append(id, blockBytes, block(2));
    await append(id, blockBytes, block(2));
    expect(await finish(id, size)).toBe('concurrent_session_missing_data');
    await append(id, 0, block(1));
    expect(await finish(id, size)).toMatchObject({ size, path_display: '/A.pdf' });
    const [file] = emulator.state.tree().files;
    const stored = new Uint8Array(await new Response(file?.bytes.open()).arrayBuffer());
    expect([stored[0], stored[blockBytes], stored.at(-1)]).toEqual([1, 2, 3]);
  });

  it('refuses bytes at its start and at its end, other sizes and places, and an end before it is closed', async () => {
    expect(await call(`${session}/start`, concurrent, last)).toBe('concurrent_session_data_not_allowed');
    expect(await call(`${session}/start`, { ...concurrent, close: true }, nothing)).toBe('concurrent_session_close_not_allowed');
    const id = await start(concurrent);
    expect(await append(id, 100, block(1))).toBe('concurrent_session_invalid_offset');
    expect(await append(id, 0, last)).toBe('concurrent_session_invalid_data_size');
    await append(id, 0, block(1));
    expect(await finish(id, blockBytes)).toBe('concurrent_session_not_closed');
    expect(await finish(id, blockBytes, last)).toBe('concurrent_session_data_not_allowed');
    expect(emulator.state.tree().files).toEqual([]);
  });
});

describe('a batch', () => {
  it('of the first version is asked how far it got', async () => {
    const id = await start({});
    await append(id, 0, new Uint8Array(10), true);
    const entries = [{ cursor: { session_id: id, offset: 10 }, commit: { path: '/A.pdf' } }];
    const launched = await call(`${session}/finish_batch`, { entries });
    expect(launched).toEqual({ '.tag': 'async_job_id', async_job_id: expect.any(String) });
    const { async_job_id: jobId } = launched as { readonly async_job_id: string };
    const check = () => call(`${session}/finish_batch/check`, { async_job_id: jobId });
    expect(await check()).toEqual({ '.tag': 'in_progress' });
    expect(await check()).toMatchObject({ '.tag': 'complete', entries: [{ '.tag': 'success', size: 10, path_display: '/A.pdf' }] });
    expect(await call(`${session}/finish_batch/check`, { async_job_id: 'none' })).toBe('invalid_async_job_id');
  });

  it('begins many sessions, and finishes those that are closed', async () => {
    const { session_ids: ids } = (await call(`${session}/start_batch`, { num_sessions: 2 })) as { readonly session_ids: readonly string[] };
    const [closed = '', open = ''] = ids;
    const bytes = new Uint8Array(10);
    await append(closed, 0, bytes, true);
    await append(open, 0, bytes);
    const entries = ids.map((id, index) => ({ cursor: { session_id: id, offset: 10 }, commit: { path: `/${index}.pdf` } }));
    expect(await call(`${session}/finish_batch_v2`, { entries })).toMatchObject({
      entries: [
        { '.tag': 'success', size: 10 },
        { '.tag': 'failure', failure: { '.tag': 'lookup_failed', lookup_failed: { '.tag': 'not_closed' } } },
      ],
    });
  });
});
