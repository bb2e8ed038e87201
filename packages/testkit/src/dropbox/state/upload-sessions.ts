import { randomBytes } from 'node:crypto';
import { type EmulatorClock, StoredBytes } from '../../emulator/index.ts';
import { ContentHash } from '../content-hash.ts';
import { routeError, type Tagged, tags } from '../dropbox-refusal.ts';
import type { ReceivedBytes } from './file-tree.ts';

/** An upload that has begun. */
export interface UploadSession {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly openedAt: number;
  /** Its pieces may come in any order. */
  readonly isConcurrent: boolean;
  /** Bytes accepted so far. */
  received: number;
  isClosed: boolean;
  isFinished: boolean;
}

interface KeptSession extends UploadSession {
  readonly bytes: StoredBytes;
  readonly hash: ContentHash;
  /** Pieces of a concurrent session by their offsets, until they are put together. */
  readonly pieces: Map<number, StoredBytes>;
  /** Ends when everything that was accepted has been written. */
  writing: Promise<void>;
  contentHash: string | undefined;
}

export interface UploadSessionsOptions {
  readonly clock: EmulatorClock;
  readonly finishedSession: 'not_found' | 'closed';
}

/** A session beyond this lies in a temporary file. */
const maxMemoryBytes = 32 * 2 ** 20;
const lifetimeMs = 7 * 24 * 3_600_000;
const maxBytes = 2 ** 41 - 2 ** 22;
const blockBytes = 2 ** 22;

/** The uploads that have begun. In sequential mode each piece has to begin where the one before ended, in concurrent mode at a multiple of 4 MiB. */
export class UploadSessions {
  readonly #options: UploadSessionsOptions;
  readonly #sessions = new Map<string, KeptSession>();

  constructor(options: UploadSessionsOptions) {
    this.#options = options;
  }

  /** Sessions into which bytes may still go. */
  get open(): readonly UploadSession[] {
    return [...this.#sessions.values()].filter((session) => !session.isFinished);
  }

  start({ isConcurrent }: Pick<UploadSession, 'isConcurrent'>): UploadSession {
    const session: KeptSession = {
      id: `pid_upload_session:${randomBytes(24).toString('base64url')}`,
      openedAt: this.#options.clock.now(),
      isConcurrent,
      received: 0,
      isClosed: false,
      isFinished: false,
      bytes: new StoredBytes({ maxMemoryBytes }),
      hash: new ContentHash(),
      pieces: new Map(),
      writing: Promise.resolve(),
      contentHash: undefined,
    };
    this.#sessions.set(session.id, session);
    return session;
  }

  /** Gives a session that stands at `offset`; a concurrent one stands nowhere until it is closed. `wrap` puts the look-up error into the route's own. */
  at(id: string, offset: number, wrap: (error: Tagged) => Tagged = (error) => error): UploadSession {
    const session = this.#sessions.get(id);
    const isExpired = session !== undefined && this.#options.clock.now() - session.openedAt > lifetimeMs;
    if (session === undefined || isExpired) throw routeError(wrap(tags('not_found')));
    if (session.isFinished) throw routeError(wrap(tags(this.#options.finishedSession)));
    if (!session.isConcurrent && session.received !== offset)
      throw routeError(wrap({ '.tag': 'incorrect_offset', correct_offset: session.received }));
    return session;
  }

  /** Accepts a whole piece, at once; it is written after the ones before it. */
  append({ id }: UploadSession, piece: StoredBytes): void {
    const session = this.#require(id);
    if (session.isClosed && piece.size > 0) throw routeError(tags('closed'));
    if (session.received + piece.size > maxBytes) throw routeError(tags('too_large'));
    session.received += piece.size;
    write(session, piece);
  }

  /** Accepts a piece of a concurrent session. One that comes again takes the place of the first. */
  keepPiece({ id }: UploadSession, piece: StoredBytes, { offset, close }: { readonly offset: number; readonly close: boolean }): void {
    const session = this.#require(id);
    if (offset % blockBytes !== 0) throw routeError(tags('concurrent_session_invalid_offset'));
    if (!close && piece.size % blockBytes !== 0) throw routeError(tags('concurrent_session_invalid_data_size'));
    const earlier = session.pieces.get(offset);
    session.pieces.set(offset, piece);
    session.received += piece.size - (earlier?.size ?? 0);
    session.isClosed ||= close;
  }

  /** Puts the pieces of a concurrent session together. Throws when it is not closed, or when one is missing. */
  assemble({ id }: UploadSession): void {
    const session = this.#require(id);
    if (!session.isClosed) throw routeError(tags('concurrent_session_not_closed'));
    const pieces = [...session.pieces].toSorted(([first], [second]) => first - second);
    let end = 0;
    for (const [offset, piece] of pieces) {
      if (offset !== end) throw routeError(tags('concurrent_session_missing_data'));
      end += piece.size;
    }
    for (const [, piece] of pieces) write(session, piece);
    session.pieces.clear();
  }

  /** Everything a session received. It goes on existing until `finish`. */
  async contentsOf({ id }: UploadSession): Promise<ReceivedBytes> {
    const session = this.#require(id);
    await session.writing;
    session.contentHash ??= session.hash.digest();
    return { bytes: session.bytes, contentHash: session.contentHash };
  }

  /** Ends every session that is open, as seven days would. */
  expireAll(): void {
    for (const { id } of this.open) this.#sessions.delete(id);
  }

  /** Gives temporary files back. */
  async cleanUp(): Promise<void> {
    for (const session of this.#sessions.values()) {
      await session.writing;
      for (const piece of session.pieces.values()) await piece.remove();
      if (!session.isFinished) await session.bytes.remove();
    }
  }

  #require(id: string): KeptSession {
    const session = this.#sessions.get(id);
    if (session === undefined) throw routeError(tags('not_found'));
    return session;
  }
}

function write(session: KeptSession, piece: StoredBytes): void {
  session.writing = session.writing.then(async () => {
    for await (const chunk of piece.open()) {
      session.hash.update(chunk);
      await session.bytes.append(chunk);
    }
    await piece.remove();
  });
}
