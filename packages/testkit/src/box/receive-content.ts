import { createHash } from 'node:crypto';
import type { ByteStream } from '../emulator/body-streams.ts';
import { StoredBytes } from '../emulator/stored-bytes.ts';
import { FileContent } from './file-content.ts';

export interface ReceivedContent {
  readonly content: FileContent;
  /** In hex. */
  readonly sha1: string;
}

/** Reads a body to its end and keeps its bytes. Of one that breaks off nothing is kept. */
export async function receiveContent(body: ByteStream): Promise<ReceivedContent> {
  const stored = new StoredBytes();
  const hash = createHash('sha1');
  try {
    for await (const chunk of body) {
      hash.update(chunk);
      await stored.append(chunk);
    }
  } catch (error) {
    await stored.remove();
    throw error;
  }
  return { content: new FileContent([stored]), sha1: hash.digest('hex') };
}
