import { type Checkpoint, type DocumentToStore, type Secret, secret } from '@spotdraft-archive/core/destination';
import { z } from 'zod';

const checkpointSchema = z.object({ id: z.string(), sha256: z.string(), session: z.string().optional() });

/** What an earlier attempt left behind. */
export interface EarlierAttempt {
  /** The file's id, good for any bytes. */
  readonly id: string;
  /** The upload session; only when it was opened for these very bytes. */
  readonly session: Secret<string> | undefined;
}

export function readCheckpoint(checkpoint: Checkpoint | undefined, { sha256 }: DocumentToStore): EarlierAttempt | undefined {
  const { data } = checkpointSchema.safeParse(checkpoint);
  if (data === undefined) return undefined;
  const { id, session } = data;
  return { id, session: session !== undefined && data.sha256 === sha256 ? secret(session) : undefined };
}

export function writeCheckpoint({ id, session }: EarlierAttempt, { sha256 }: DocumentToStore): Checkpoint {
  return { id, sha256, ...(session !== undefined && { session: session.reveal() }) };
}
