import type { DocumentToStore, PutOptions } from '@spotdraft-archive/core/destination';
import { z } from 'zod';

/** An upload session as it is kept between attempts. Its addresses never leave this package but through the checkpoint. */
export interface Session {
  /** Of the document. */
  readonly sha256: string;
  /** Where the session leads; it cannot be turned to another name. */
  readonly target: string;
  readonly partBytes: number;
  readonly endpoints: { readonly uploadPart: string; readonly listParts: string; readonly commit: string; readonly abort: string };
}

/** What is known of this attempt and the ones before. */
export interface EarlierWork {
  readonly session?: Session | undefined;
  /** SHA-1 of all bytes that may have become a file, whose metadata comes with a request of its own. */
  readonly sent: readonly string[];
}

const sessionSchema: z.ZodType<Session> = z.object({
  sha256: z.string(),
  target: z.string(),
  partBytes: z.number().int().positive(),
  endpoints: z.object({ uploadPart: z.string(), listParts: z.string(), commit: z.string(), abort: z.string() }),
});
const checkpointSchema = z.object({ session: sessionSchema.optional(), sent: z.array(z.string()) });

export function readCheckpoint({ checkpoint }: PutOptions): EarlierWork {
  return checkpointSchema.safeParse(checkpoint).data ?? { sent: [] };
}

/**
 * Saves that a document's bytes are about to go to Box, in one request or in a session.
 *
 * SpotDraft may render other bytes for the next attempt. A file without a key is then known by what was sent before.
 */
export async function saveSending({ hash }: DocumentToStore, options: PutOptions, session?: Session): Promise<void> {
  const sent = [...new Set([...readCheckpoint(options).sent, hash])];
  await options.saveCheckpoint?.({ sent, ...(session !== undefined && { session: { ...session } }) });
}
