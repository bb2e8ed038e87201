import type { DocumentPath } from '../destination/storage-destination.ts';
import { ArchiveError } from '../errors/archive-error.ts';
import type { Receipt } from '../ledger/receipt.ts';
import { receiptOf } from './receipt-of.ts';
import { intentOf, put, replaceCopy, type Step } from './store-step.ts';
import { verifyCopy } from './verify-copy.ts';

/**
 * Stores a new version of a document as a revision of the copy that holds the version before; nothing when there is none, when the store keeps
 * no revisions, or when somebody has changed or removed that copy.
 */
export async function putRevision(step: Step): Promise<Receipt | undefined> {
  const { options } = step;
  if (options.versions !== 'revision' || !options.destination.capabilities.keepsRevisions) return undefined;
  const earlier = await earlierReceipt(step);
  // Without a revision nobody could tell whether the copy is still the one that was stored.
  if (earlier?.revision === undefined) return undefined;
  try {
    return await putOver(earlier, step);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const receipt = await finishInterrupted(earlier, step);
    if (!receipt) options.onRevisionRefused?.(earlier);
    return receipt;
  }
}

async function putOver({ id, revision, path }: Receipt, step: Step): Promise<Receipt> {
  const { attempt, job, options } = step;
  const intent = intentOf(job, pathOf(path), options);
  await options.ledger.recordIntent(attempt, intent);
  // A crash from here on leaves the earlier revision or the new one, and the next attempt tells which.
  const { copy, outcome } = await put(intent, step, { ifExists: 'replace', replaces: { id, revision } });
  const verification = await verifyCopy(copy, { ...intent, hash: intent.destinationHash }, options);
  if (verification.verdict === 'different') return replaceCopy(verification.copy, intent, step);
  return receiptOf(verification, { job, intent, outcome, options });
}

/** An attempt that died between the bytes and the key has left a copy at another revision that holds our bytes already. */
async function finishInterrupted({ id, path }: Receipt, step: Step): Promise<Receipt | undefined> {
  const { job, options } = step;
  const copy = await options.destination.stat(id, { signal: options.signal });
  const intent = intentOf(job, pathOf(path), options);
  if (copy?.hash !== intent.destinationHash || copy.size !== intent.size) return undefined;
  return replaceCopy(copy, intent, step);
}

/** The receipt of the version before, of the same document in the same destination. */
async function earlierReceipt({ job, options }: Step): Promise<Receipt | undefined> {
  const records = await options.ledger.list(job.contractId);
  return records
    .flatMap(({ receipt }) => receipt ?? [])
    .filter(({ key, destination, document }) => key !== job.key && destination === options.name && document === job.document)
    .filter(({ key }) => sourceOf(key) === sourceOf(job.key))
    .toSorted((a, b) => a.storedAt.localeCompare(b.storedAt))
    .at(-1);
}

/** The same id means another contract in another region. */
function sourceOf(key: string): string | undefined {
  return key.split('/')[0];
}

function pathOf(text: string): DocumentPath {
  const names = text.split('/');
  return { folders: names.slice(0, -1), name: names.at(-1) ?? '' };
}

function isRefusal(error: unknown): boolean {
  return ArchiveError.isInstance(error) && (error.code === 'destination.conflict' || error.code === 'destination.not_found');
}
