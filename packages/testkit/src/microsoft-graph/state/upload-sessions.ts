import { randomUUID } from 'node:crypto';
import { StoredBytes } from '../../emulator/index.ts';
import type { EmulatedDrive, Place } from './emulated-drive.ts';
import type { Maker } from './graph-item.ts';
import { foldName } from './item-names.ts';

export type ConflictBehavior = 'fail' | 'replace' | 'rename';

export interface NewSession {
  readonly drive: EmulatedDrive;
  readonly place: Place;
  readonly conflictBehavior: ConflictBehavior;
  readonly deferCommit: boolean;
  readonly expiresAt: number;
  readonly createdBy: Maker;
}

export interface UploadSession extends NewSession {
  readonly id: string;
  readonly bytes: StoredBytes;
  totalBytes: number | undefined;
  expiresAt: number;
  isBusy: boolean;
}

/** Open upload sessions. On drives of a tenant each reserves its name. */
export class UploadSessions {
  readonly #sessions = new Map<string, UploadSession>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Open and not expired. */
  get open(): readonly UploadSession[] {
    return [...this.#sessions.values()].filter(({ expiresAt }) => expiresAt > this.#now());
  }

  begin(session: NewSession): UploadSession {
    const begun = { ...session, id: randomUUID(), bytes: new StoredBytes(), totalBytes: undefined, isBusy: false };
    this.#sessions.set(begun.id, begun);
    return begun;
  }

  find(id: string): UploadSession | undefined {
    return this.open.find((session) => session.id === id);
  }

  /** Personal drives reserve nothing. */
  reserves(drive: EmulatedDrive, { parent, name }: Place): boolean {
    if (drive.driveType === 'personal') return false;
    const isHere = ({ place }: UploadSession) => place.parent.id === parent.id && foldName(place.name) === foldName(name);
    return this.open.some((session) => session.drive === drive && isHere(session));
  }

  /** Forgets a session; its bytes are somebody else's by now unless they are to be removed. */
  async end({ id, bytes }: UploadSession, { keepBytes = false }: { readonly keepBytes?: boolean } = {}): Promise<void> {
    this.#sessions.delete(id);
    if (!keepBytes) await bytes.remove();
  }

  /** Ends every session. */
  async expire(): Promise<void> {
    for (const session of this.#sessions.values()) await this.end(session);
  }
}
