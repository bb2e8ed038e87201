import type { DocumentToStore, PutOptions } from '@spotdraft-archive/core/destination';
import { z } from 'zod';

/** An upload session, and the document whose bytes it holds. */
export interface Session {
  readonly sha256: string;
  readonly sessionId: string;
}

/** What is known of this attempt and the ones before. */
export interface EarlierWork {
  readonly session?: Session | undefined;
  /** Hashes of all bytes that may have become a file, whose key may come with a request of its own. */
  readonly sent: readonly string[];
}

const checkpointSchema = z.object({
  session: z.object({ sha256: z.string(), sessionId: z.string() }).optional(),
  sent: z.array(z.string()),
});

export function readCheckpoint({ checkpoint }: PutOptions): EarlierWork {
  return checkpointSchema.safeParse(checkpoint).data ?? { sent: [] };
}

/**
 * Saves that a document's bytes are about to go to Dropbox, in one request or in a session.
 *
 * SpotDraft may render other bytes for the next attempt. A file without a key is then known by what was sent before.
 */
export async function saveSending({ hash }: DocumentToStore, options: PutOptions, session?: Session): Promise<void> {
  const sent = [...new Set([...readCheckpoint(options).sent, hash])];
  await options.saveCheckpoint?.({ sent, ...(session !== undefined && { session: { ...session } }) });
}

/** Whether a file holds what an attempt has sent. */
export function wasSent({ content_hash: hash }: { readonly content_hash?: string | null | undefined }, options: PutOptions): boolean {
  return hash != null && readCheckpoint(options).sent.includes(hash);
}
