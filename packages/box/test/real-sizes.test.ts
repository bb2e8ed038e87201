import { type Checkpoint } from '@spotdraft-archive/core/destination';
import { sampleDocument } from '@spotdraft-archive/testkit';
import { expect, it } from 'vitest';
import { box } from '../src/index.ts';
import { describedEmulator } from './box-harness.ts';

it('uploads 35 MiB in parts of 8 MiB, three at a time, and sends after a crash only what is missing', async () => {
  const emulator = await describedEmulator();
  const { accessToken: auth, folderId, urls, faults, requests, state } = emulator;
  const options = { auth, folderId, baseUrl: urls.api, uploadUrl: urls.upload };
  const first = box({ ...options, retry: { maxTries: 1 } });
  const document = sampleDocument(first, { size: 35 * 2 ** 20, path: { folders: [], name: 'Large.pdf' } });
  let checkpoint: Checkpoint | undefined;
  const saveCheckpoint = async (saved: Checkpoint) => {
    checkpoint ??= saved;
  };
  faults.inject({ kind: 'cutRequest', method: 'PUT', nth: 5, afterBytes: 1_000_000 });
  await expect(first.put(document, { saveCheckpoint })).rejects.toMatchObject({ code: 'destination.unavailable' });

  requests.mark('resumed');
  const { copy, outcome } = await box(options).put(document, { checkpoint, saveCheckpoint });
  expect(outcome).toBe('stored');
  expect(copy).toMatchObject({ size: document.size, hash: document.hash, key: document.key });
  expect(requests.count({ since: 'resumed', method: 'PUT' })).toBeLessThanOrEqual(3);
  expect(requests.count({ since: 'resumed', path: /upload_sessions$/ })).toBe(0);
  expect(state.listPaths()).toEqual([document.path]);
  await emulator.stop();
});

it('sends just less than 20 MiB in one request', async () => {
  const emulator = await describedEmulator();
  const { accessToken: auth, folderId, urls } = emulator;
  const destination = box({ auth, folderId, baseUrl: urls.api, uploadUrl: urls.upload });
  await destination.put(sampleDocument(destination, { size: 20 * 2 ** 20 - 1 }));
  expect(emulator.requests.count({ origin: 'upload' })).toBe(1);
  await emulator.stop();
});
