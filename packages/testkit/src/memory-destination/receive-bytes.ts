import { randomUUID } from 'node:crypto';
import { DestinationError, type DocumentToStore, type PutOptions, readPieces } from '@spotdraft-archive/core/destination';
import type { MemoryCheckpoint, MemoryContext } from './memory-context.ts';
import type { MemorySession } from './memory-store.ts';

export interface ReceiveOptions {
  readonly options: PutOptions;
  readonly context: MemoryContext;
  readonly checkpoint: MemoryCheckpoint | undefined;
  readonly save: (sessionId: string) => Promise<void>;
}

export interface ReceivedBytes {
  readonly bytes: Uint8Array;
  /** Ends the session once its bytes have become a file. */
  readonly close: () => void;
}

/** Takes a document's bytes: small ones as they come, large ones in a session that a later attempt can go on with. */
export async function receiveBytes(document: DocumentToStore, receive: ReceiveOptions): Promise<ReceivedBytes> {
  const { resumableFromBytes } = receive.context.capabilities;
  if (resumableFromBytes !== false && document.size >= resumableFromBytes) return receiveInSession(document, receive);

  const pieces: Uint8Array[] = [];
  await takePieces(document, receive, { from: 0, take: async (bytes) => void pieces.push(bytes) });
  return { bytes: Buffer.concat(pieces), close: () => {} };
}

async function receiveInSession(document: DocumentToStore, receive: ReceiveOptions): Promise<ReceivedBytes> {
  const { store } = receive.context;
  const { signal } = receive.options;
  const session = (await earlierSession(document, receive)) ?? (await beginSession(receive));
  const take = (bytes: Uint8Array, offset: number): Promise<void> => store.request('piece', () => appendTo(session, bytes, offset), signal);
  await takePieces(document, receive, { from: lengthOf(session), take });
  return { bytes: Buffer.concat(session.pieces), close: () => store.sessions.delete(session.id) };
}

/** The session of an attempt before, unless it held other bytes or is gone. */
async function earlierSession(
  document: DocumentToStore,
  { context: { store }, options, checkpoint }: ReceiveOptions,
): Promise<MemorySession | undefined> {
  const { sessionId, sha256 } = checkpoint ?? {};
  if (sessionId === undefined || sha256 !== document.sha256) return undefined;
  return store.request('status', () => store.sessions.get(sessionId), options.signal);
}

async function beginSession({ context: { store }, options, save }: ReceiveOptions): Promise<MemorySession> {
  const session: MemorySession = { id: randomUUID(), pieces: [] };
  await store.request('begin', () => store.sessions.set(session.id, session), options.signal);
  await save(session.id);
  // A crash from here on leaves a session that the next attempt goes on with.
  return session;
}

interface TakeOptions {
  readonly from: number;
  readonly take: (bytes: Uint8Array, offset: number) => Promise<void>;
}

async function takePieces(document: DocumentToStore, { options, context }: ReceiveOptions, { from, take }: TakeOptions): Promise<void> {
  const { pieceBytes = 65_536 } = context.behaviour;
  const { signal, onProgress } = options;
  for await (const { bytes, offset } of readPieces(document, { from, pieceBytes, signal })) {
    await take(bytes, offset);
    onProgress?.({ bytes: offset + bytes.byteLength });
  }
  onProgress?.({ bytes: document.size });
}

function lengthOf({ pieces }: MemorySession): number {
  return pieces.reduce((sum, piece) => sum + piece.byteLength, 0);
}

function appendTo(session: MemorySession, bytes: Uint8Array, offset: number): void {
  if (lengthOf(session) !== offset) {
    throw new DestinationError('Another upload has gone on with this session.', {
      code: 'destination.unavailable',
      recovery: 'retry',
      hint: 'Try again: the next attempt asks how far the session got.',
    });
  }
  session.pieces.push(bytes);
}
