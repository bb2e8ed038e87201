import { DestinationError } from '@spotdraft-archive/core/destination';
import { sampleDocument } from '@spotdraft-archive/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LibraryHarness, libraryHarness } from './library-harness.ts';

const size = 700_000;

let harness: LibraryHarness;
beforeEach(async () => {
  harness = await libraryHarness();
});
afterEach(() => harness.cleanup?.());

describe('upload sessions', () => {
  it('tells a name that an abandoned session holds from a file that is there, and stores the document when the session has expired', async () => {
    const { destination, emulator } = harness;
    const document = sampleDocument(destination, { size });
    // The first one only finds that the folder is missing.
    emulator.faults.inject({ kind: 'loseReply', path: /createUploadSession$/, nth: 2 });
    await expect(destination.put(document)).rejects.toMatchObject({ code: 'destination.unavailable' });
    await expect(destination.put(document)).rejects.toMatchObject({ code: 'destination.name_reserved', recovery: 'retry' });
    // A small document of the same name meets the session as well.
    const small = sampleDocument(destination, { path: document.path });
    await expect(destination.put(small)).rejects.toMatchObject({ code: 'destination.name_reserved' });
    emulator.clock.advance(8 * 24 * 3_600_000);
    expect((await destination.put(document)).outcome).toBe('stored');
  });

  it('are deleted when nobody keeps their address', async () => {
    const { destination, emulator } = harness;
    const controller = new AbortController();
    emulator.onRequest(({ headers }, phase) => {
      if (phase === 'after-effect' && headers['content-range'] !== undefined) controller.abort(new Error('given up'));
    });
    await expect(destination.put(sampleDocument(destination, { size }), { signal: controller.signal })).rejects.toThrow('given up');
    expect(emulator.state.sessions.open).toEqual([]);
  });

  it('are kept for the next attempt when their address was saved', async () => {
    const { destination, emulator } = harness;
    emulator.faults.inject({ kind: 'status', status: 500, origin: 'uploads', times: Number.POSITIVE_INFINITY });
    const put = destination.put(sampleDocument(destination, { size }), { saveCheckpoint: async () => {} });
    await expect(put).rejects.toBeInstanceOf(DestinationError);
    expect(emulator.state.sessions.open).toHaveLength(1);
  });

  it('for other bytes are deleted before a new one begins', async () => {
    const { destination, emulator } = harness;
    const document = sampleDocument(destination, { size });
    let checkpoint: string | undefined;
    const died = emulator.faults.inject({ kind: 'status', status: 500, origin: 'uploads', method: 'PUT', times: Number.POSITIVE_INFINITY });
    const saveCheckpoint = async (saved: unknown) => {
      checkpoint = saved as string;
    };
    await destination.put(document, { saveCheckpoint }).catch(() => undefined);
    died.remove();
    const { outcome } = await destination.put(sampleDocument(destination, { path: document.path, size }), { checkpoint, saveCheckpoint });
    expect(outcome).toBe('stored');
    expect(emulator.state.sessions.open).toEqual([]);
  });

  it('never see the token, and only whole multiples of 320 KiB but for the last range', async () => {
    const { destination, emulator } = harness;
    await destination.put(sampleDocument(destination, { size }));
    const ranges = emulator.requests.list({ origin: 'uploads' });
    expect(ranges.map(({ headers }) => [headers.authorization, headers['content-range']])).toEqual([
      [undefined, `bytes 0-327679/${size}`],
      [undefined, `bytes 327680-655359/${size}`],
      [undefined, `bytes 655360-699999/${size}`],
    ]);
  });

  it('go on from where Graph says when it kept only part of a range', async () => {
    const { destination, emulator } = harness;
    emulator.behaviour.keptBytesPerRange = 100_000;
    const document = sampleDocument(destination, { size });
    const { copy } = await destination.put(document);
    expect(copy.hash).toBe(document.hash);
  });
});
