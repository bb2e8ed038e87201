import { describe, expect, it } from 'vitest';
import { archiveErrorOf, failureOf } from '../../../test/destination-http/failure.ts';
import { createManualClock } from '../../../test/destination-http/manual-clock.ts';
import { DestinationError, type DestinationErrorCode } from '../../errors/destination-error.ts';
import type { Piece } from './read-pieces.ts';
import { type UploadInPiecesOptions, type UploadPosition, uploadInPieces } from './upload-in-pieces.ts';

const bytes = Uint8Array.from({ length: 100 }, (_, index) => index);
const document = { size: 100, open: (offset = 0) => ReadableStream.from([bytes.subarray(offset)]) };

function transient(code: DestinationErrorCode = 'destination.unavailable'): DestinationError {
  return new DestinationError('later', { code, recovery: 'retry' });
}

/** A store that keeps what it is sent; `misbehave` may fail before or after that, or keep less. */
function storeSession(misbehave: (call: number, piece: Piece) => { keep?: number; error?: Error } = () => ({})) {
  const state = { stored: [] as number[], calls: 0, located: 0 };
  const position = (): UploadPosition<string> => (state.stored.length === 100 ? { result: 'file' } : { received: state.stored.length });
  const options: UploadInPiecesOptions<string> = {
    provider: 'teststore',
    pieceBytes: 30,
    clock: createManualClock(),
    async send(piece) {
      state.calls += 1;
      const { keep = piece.bytes.byteLength, error } = misbehave(state.calls, piece);
      if (piece.offset !== state.stored.length) throw new Error('a piece in the wrong place');
      state.stored.push(...piece.bytes.subarray(0, keep));
      if (error !== undefined) throw error;
      return position();
    },
    async locate() {
      state.located += 1;
      return position();
    },
  };
  return { state, options };
}

describe('uploadInPieces', () => {
  it('sends piece after piece and tells what the store has taken', async () => {
    const { state, options } = storeSession();
    const progress: number[] = [];
    expect(await uploadInPieces(document, { ...options, onProgress: ({ bytes: taken }) => progress.push(taken) })).toEqual({
      result: 'file',
      hasSent: true,
    });
    expect(state).toMatchObject({ stored: [...bytes], calls: 4, located: 0 });
    expect(progress).toEqual([30, 60, 90, 100]);
  });

  it('asks the store first when an earlier attempt began the upload', async () => {
    const { state, options } = storeSession();
    state.stored.push(...bytes.subarray(0, 45));
    expect(await uploadInPieces(document, { ...options, isResumed: true })).toEqual({ result: 'file', hasSent: true });
    expect(state).toMatchObject({ stored: [...bytes], calls: 2, located: 1 });
  });

  it('sends nothing when the earlier attempt had finished', async () => {
    const { state, options } = storeSession();
    state.stored.push(...bytes);
    expect(await uploadInPieces(document, { ...options, isResumed: true })).toEqual({ result: 'file', hasSent: false });
    expect(state.calls).toBe(0);
  });

  it.each([
    ['nothing of it', 0],
    ['some of it', 7],
    ['all of it', 30],
  ])('goes on from where the store stands after a failure that kept %s', async (_what, keep) => {
    const { state, options } = storeSession((call) => (call === 2 ? { keep, error: transient() } : {}));
    expect(await uploadInPieces(document, options)).toEqual({ result: 'file', hasSent: true });
    expect(state.stored).toEqual([...bytes]);
    expect(state.located).toBe(1);
  });

  it('finds the file when the reply to the last piece was lost', async () => {
    const { state, options } = storeSession((call) => (call === 4 ? { error: transient() } : {}));
    expect(await uploadInPieces(document, options)).toEqual({ result: 'file', hasSent: true });
    expect(state.calls).toBe(4);
  });

  it('goes on at once when the store kept part of a piece', async () => {
    const { state, options } = storeSession((call) => (call === 1 ? { keep: 10 } : {}));
    expect(await uploadInPieces(document, options)).toEqual({ result: 'file', hasSent: true });
    expect(state).toMatchObject({ stored: [...bytes], located: 0 });
  });

  it('has new patience after every advance', async () => {
    const { options } = storeSession((call) => (call % 3 === 0 ? {} : { keep: 0, error: transient('destination.rate_limited') }));
    expect(await uploadInPieces(document, { ...options, retry: { maxTries: 3 } })).toEqual({ result: 'file', hasSent: true });
  });

  it.each([
    ['fails each time', () => ({ keep: 0, error: transient() })],
    ['takes nothing each time', () => ({ keep: 0 })],
  ])('gives up when the store %s', async (_what, misbehave) => {
    const { state, options } = storeSession(misbehave);
    const error = await archiveErrorOf(uploadInPieces(document, { ...options, retry: { maxTries: 3 } }));
    expect(error).toMatchObject({ code: 'destination.unavailable', recovery: 'retry' });
    expect(state.calls).toBe(3);
  });

  it.each(['destination.upload_expired', 'destination.conflict'] as const)('passes %s on at once', async (code) => {
    const { state, options } = storeSession(() => ({ keep: 0, error: transient(code) }));
    expect((await archiveErrorOf(uploadInPieces(document, options))).code).toBe(code);
    expect(state).toMatchObject({ calls: 1, located: 0 });
  });

  it('passes the error of the source on at once', async () => {
    const reason = new Error('disk is gone');
    const { options } = storeSession();
    const broken = {
      size: 100,
      open: () =>
        new ReadableStream<Uint8Array>({
          start: (controller) => controller.error(reason),
        }),
    };
    expect(await failureOf(uploadInPieces(broken, options))).toBe(reason);
  });
});
