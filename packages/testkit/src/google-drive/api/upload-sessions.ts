import { randomBytes } from 'node:crypto';
import type { EmulatorClock } from '../../emulator/index.ts';
import { IncomingContent } from '../state/receive-content.ts';
import type { ApiContext } from './api-context.ts';
import type { FileMetadata } from './file-metadata.ts';

/** A resumable upload that is under way. */
export interface UploadSession {
  readonly id: string;
  /** The file that gets a new revision; absent when a file is to be made. */
  readonly fileId: string | undefined;
  readonly metadata: FileMetadata;
  readonly mediaType: string;
  /** Announced when it began. */
  readonly announcedSize: number | undefined;
  /** The request that began it: whom it speaks for, and how it is to be answered. */
  readonly url: URL;
  readonly context: ApiContext;
  readonly expiresAt: number;
  readonly content: IncomingContent;
  /** True while a piece is being received. */
  isBusy: boolean;
  /** Set once the file is there. */
  finishedFileId: string | undefined;
}

/** The sessions that are open, and those that are done, which keep answering until they expire. */
export class UploadSessions {
  readonly #clock: EmulatorClock;
  readonly #sessions = new Map<string, UploadSession>();

  constructor(clock: EmulatorClock) {
    this.#clock = clock;
  }

  begin(session: Omit<UploadSession, 'id' | 'expiresAt' | 'content' | 'isBusy' | 'finishedFileId'>): UploadSession {
    const id = `ADPycdu${randomBytes(24).toString('base64url')}`;
    const expiresAt = this.#clock.now() + session.context.behaviour.sessionLifetimeMs;
    const begun = { ...session, id, expiresAt, content: new IncomingContent(), isBusy: false, finishedFileId: undefined };
    this.#sessions.set(id, begun);
    return begun;
  }

  get(id: string): UploadSession | undefined {
    const session = this.#sessions.get(id);
    return session !== undefined && session.expiresAt > this.#clock.now() ? session : undefined;
  }

  /** Ends every session, as if its week were over. */
  async expire(): Promise<void> {
    const sessions = [...this.#sessions.values()];
    this.#sessions.clear();
    for (const { finishedFileId, content } of sessions) if (finishedFileId === undefined) await content.bytes.remove();
  }
}
