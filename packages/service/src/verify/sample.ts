import { createHash } from 'node:crypto';

export interface SampleOptions {
  /** From 0 (none) to 1 (all). */
  readonly share: number;
  /** Another number chooses others. */
  readonly round: number;
}

/** Whether a copy is among those whose bytes are read: the same answer for one round, other copies in each. */
export function isSampled(key: string, { share, round }: SampleOptions): boolean {
  const digest = createHash('sha256').update(`${round}/${key}`).digest();
  return digest.readUInt32BE(0) < share * 2 ** 32;
}
