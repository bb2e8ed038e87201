import { createHash } from 'node:crypto';
import { type Checkpoint, type DocumentToStore, type PutOptions, type Secret, secret } from '@spotdraft-archive/core/destination';
import { z } from 'zod';

/** An upload session that was begun and, as far as is known, not ended. */
export interface SavedSession {
  readonly uploadUrl: Secret<string>;
  /** ISO 8601; each piece moves the real one further away. */
  readonly expiresAt: string | undefined;
}

/** What an earlier attempt got done. */
export interface Progress {
  readonly session?: SavedSession | undefined;
  /** The file is there and ours, though it may lack key and properties, and SharePoint may have rewritten it. */
  readonly itemId?: string | undefined;
}

const checkpointSchema = z.object({
  sha256: z.string(),
  place: z.string(),
  uploadUrl: z.string().optional(),
  expiresAt: z.string().optional(),
  itemId: z.string().optional(),
});

/** What earlier attempts left: to go on with, and sessions for other bytes or another place, which only stand in the way. */
export interface EarlierWork {
  readonly progress: Progress;
  readonly abandoned: SavedSession | undefined;
}

export function readCheckpoint(document: DocumentToStore, options: PutOptions): EarlierWork {
  const saved = checkpointSchema.safeParse(options.checkpoint).data;
  if (saved === undefined) return { progress: {}, abandoned: undefined };
  const session = saved.uploadUrl === undefined ? undefined : { uploadUrl: secret(saved.uploadUrl), expiresAt: saved.expiresAt };
  const isSame = saved.sha256 === document.sha256 && saved.place === placeOf(document, options);
  return isSame ? { progress: { session, itemId: saved.itemId }, abandoned: undefined } : { progress: {}, abandoned: session };
}

export function toCheckpoint(document: DocumentToStore, options: PutOptions, { session, itemId }: Progress): Checkpoint {
  return {
    sha256: document.sha256,
    place: placeOf(document, options),
    ...(session && { uploadUrl: session.uploadUrl.reveal() }),
    ...(session?.expiresAt !== undefined && { expiresAt: session.expiresAt }),
    ...(itemId !== undefined && { itemId }),
  };
}

/** Says where the bytes go and whether over something, without a name that a person could read. */
function placeOf({ path }: DocumentToStore, { ifExists = 'fail', replaces }: PutOptions): string {
  const place = JSON.stringify([path.folders, path.name, ifExists, replaces?.id]);
  return createHash('sha256').update(place).digest('base64url');
}
