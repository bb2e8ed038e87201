import { createHash } from 'node:crypto';

/** 50 bits: a million contracts that want one name still get different ones. */
const length = 10;

/** What a name gets when another contract has taken it, such as ` (3k9v0ar7mt)`: the same for the same key, whenever and wherever it is made. */
export function clashSuffix(key: string): string {
  const digest = createHash('sha256').update(key).digest('hex');
  return ` (${BigInt(`0x${digest}`).toString(32).padStart(length, '0').slice(-length)})`;
}
