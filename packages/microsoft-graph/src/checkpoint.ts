import { createHash } from 'node:crypto';
import { type Checkpoint, type DocumentToStore, type PutOptions, type Secret, secret } from '@spotdraft-archive/core/destination';
import { z } from 'zod';

/** An upload session that was begun and, as far as is known, not ended. */
export interface SavedSession {
  readonly uploadUrl: Secret<string>;
  /** ISO 8601; each piece moves the real one further away. */
  readonly expiresAt: string | undefined;
}

/** Bytes that went on their way to a path. Until the answer is here nobody knows whether they made a file. */
export interface Sending {
  readonly sha256: string;
  /** The destination's own hash. */
  readonly hash: string;
  /** In bytes. */
  readonly size: number;
  /** When they may have made the file: milliseconds since 1970, by our clock. */
  readonly since: number;
  readonly until: number;
}

/** What an earlier attempt got done. */
export interface Progress {
  readonly session?: SavedSession | undefined;
  /** The file is there and ours, though it may lack key and properties, and SharePoint may have rewritten it. */
  readonly itemId?: string | undefined;
  /** A session was asked for, and nobody wrote down its address. */
  readonly isOpening?: boolean | undefined;
  readonly sendings?: readonly Sending[] | undefined;
}

const sendingSchema = z.object({ sha256: z.string(), hash: z.string(), size: z.number(), since: z.number(), until: z.number() });
const checkpointSchema = z.object({
  sha256: z.string(),
  path: z.string(),
  place: z.string(),
  uploadUrl: z.string().optional(),
  expiresAt: z.string().optional(),
  itemId: z.string().optional(),
  isOpening: z.boolean().optional(),
  sendings: z.array(sendingSchema).optional(),
});

/** What earlier attempts left: to go on with, and sessions for other bytes or another place, which only stand in the way. */
export interface EarlierWork {
  readonly progress: Pick<Progress, 'session' | 'itemId'>;
  readonly abandoned: SavedSession | undefined;
  /** Of these bytes or others, to the path that is meant now. */
  readonly sendings: readonly Sending[];
  readonly isOpening: boolean;
}

const nothing: EarlierWork = { progress: {}, abandoned: undefined, sendings: [], isOpening: false };

export function readCheckpoint(document: DocumentToStore, options: PutOptions): EarlierWork {
  const saved = checkpointSchema.safeParse(options.checkpoint).data;
  if (saved === undefined) return nothing;
  const session = saved.uploadUrl === undefined ? undefined : { uploadUrl: secret(saved.uploadUrl), expiresAt: saved.expiresAt };
  const there = saved.path === pathDigest(document) ? { sendings: saved.sendings ?? [], isOpening: saved.isOpening ?? false } : nothing;
  const isSame = saved.sha256 === document.sha256 && saved.place === placeDigest(document, options);
  return {
    ...there,
    ...(isSame ? { progress: { session, itemId: saved.itemId }, abandoned: undefined } : { progress: {}, abandoned: session }),
  };
}

export function toCheckpoint(document: DocumentToStore, options: PutOptions, progress: Progress): Checkpoint {
  const { session, itemId, isOpening, sendings } = progress;
  return {
    sha256: document.sha256,
    path: pathDigest(document),
    place: placeDigest(document, options),
    ...(session && { uploadUrl: session.uploadUrl.reveal() }),
    ...(session?.expiresAt !== undefined && { expiresAt: session.expiresAt }),
    ...(itemId !== undefined && { itemId }),
    ...(isOpening === true && { isOpening }),
    ...(sendings && { sendings: sendings.map((sending) => ({ ...sending })) }),
  };
}

/** Says where the bytes go, without a name that a person could read. */
function pathDigest({ path }: DocumentToStore): string {
  return digest([path.folders, path.name]);
}

/** The same, and whether over something. */
function placeDigest({ path }: DocumentToStore, { ifExists = 'fail', replaces }: PutOptions): string {
  return digest([path.folders, path.name, ifExists, replaces?.id]);
}

function digest(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}
