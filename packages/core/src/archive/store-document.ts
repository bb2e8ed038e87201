import type { DocumentPath } from '../destination/storage-destination.ts';
import { ArchiveError } from '../errors/archive-error.ts';
import type { Attempt, Ledger } from '../ledger/ledger.ts';
import type { Receipt } from '../ledger/receipt.ts';
import type { DocumentJob } from './document-job.ts';
import { receiptOf } from './receipt-of.ts';
import { putRevision } from './store-revision.ts';
import { intentOf, put, replaceCopy, type Step, type StoreOptions } from './store-step.ts';
import { verifyCopy } from './verify-copy.ts';

/**
 * Brings one document into one destination and returns the receipt.
 *
 * Safe to repeat, also after a crash at any step and from several processes at once: the same key always ends in the same single copy.
 * Throws `DestinationError`, `IntegrityError` when the copy differs from the document even after it was replaced once, and `LedgerError`.
 */
export async function storeDocument(job: DocumentJob, options: StoreOptions): Promise<Receipt> {
  const { ledger, name, signal } = options;
  const attempt = await ledger.beginAttempt({ key: job.key, destination: name });
  const step: Step = { attempt, job, options, progress: { checkpoint: attempt.checkpoint } };
  try {
    const receipt = (await adoptEarlierCopy(step)) ?? (await putRevision(step)) ?? (await putDocument(step));
    await ledger.recordReceipt(attempt, receipt);
    return receipt;
  } catch (error) {
    if (!signal?.aborted) await noteFailure(attempt, error, ledger);
    throw error;
  }
}

/** Looks for what an earlier attempt may have stored before it could write its receipt. */
async function adoptEarlierCopy(step: Step): Promise<Receipt | undefined> {
  const { job, options } = step;
  const { previousIntent } = step.attempt;
  if (!previousIntent) return undefined;
  const { destination, signal } = options;
  const copy = await destination.find({ key: job.key, path: previousIntent.path }, { signal });
  if (!copy) return undefined;

  const wanted = intentOf(job, previousIntent.path, options);
  // SpotDraft may render the PDF anew for each download, so the earlier attempt may have stored other bytes than today's: they are as good.
  for (const intent of [wanted, previousIntent]) {
    const verification = await verifyCopy(copy, { ...intent, hash: intent.destinationHash }, options);
    if (verification.verdict !== 'different') return receiptOf(verification, { job, intent, outcome: 'adopted', options });
  }
  return replaceCopy(copy, wanted, step);
}

/** Stores the document at its path, or beside it when another contract's document lies there. */
async function putDocument(step: Step): Promise<Receipt> {
  const { attempt, job, options } = step;
  const rules = options.destination.capabilities.naming;
  const first = await putUnlessTaken(attempt.previousIntent?.path ?? job.nameFor(rules, { clash: false }), step);
  if (first.receipt) return first.receipt;
  options.onNameClash?.();
  const second = await putUnlessTaken(job.nameFor(rules, { clash: true }), step);
  if (second.receipt) return second.receipt;
  throw second.conflict;
}

type Placement = { readonly receipt: Receipt } | { readonly receipt?: undefined; readonly conflict: unknown };

/** Stores the document at a path. A copy of it with other bytes, which no ledger remembers, is replaced; anything else is left alone. */
async function putUnlessTaken(path: DocumentPath, step: Step): Promise<Placement> {
  const { job, options } = step;
  try {
    return { receipt: await putAt(path, step) };
  } catch (error) {
    const existing = conflictIn(error);
    if (!existing) throw error;
    const isOurs = existing.key === job.key && existing.id !== undefined;
    const copy = isOurs ? await options.destination.stat(existing.id, { signal: options.signal }) : undefined;
    return copy ? { receipt: await replaceCopy(copy, intentOf(job, path, options), step) } : { conflict: error };
  }
}

async function putAt(path: DocumentPath, step: Step): Promise<Receipt> {
  const { attempt, job, options } = step;
  const intent = intentOf(job, path, options);
  await options.ledger.recordIntent(attempt, intent);
  // A crash from here on leaves a copy, or a part of one, that the next attempt adopts or resumes.
  const { copy, outcome } = await put(intent, step, { ifExists: 'fail', mayExist: !options.ledger.durable });
  const verification = await verifyCopy(copy, { ...intent, hash: intent.destinationHash }, options);
  if (verification.verdict === 'different') return replaceCopy(verification.copy, intent, step);
  return receiptOf(verification, { job, intent, outcome, options });
}

/** What lies at the path, as the destination's conflict error tells it. */
function conflictIn(error: unknown): { readonly id: string | undefined; readonly key: string | undefined } | undefined {
  if (!ArchiveError.isInstance(error) || error.code !== 'destination.conflict') return undefined;
  const { existingId, existingKey } = error.details;
  return { id: textOrNothing(existingId), key: textOrNothing(existingKey) };
}

function textOrNothing(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** Keeps why the attempt failed. A ledger that cannot take it must not hide the failure itself. */
async function noteFailure(attempt: Attempt, error: unknown, ledger: Ledger): Promise<void> {
  const failure = ArchiveError.isInstance(error)
    ? { code: error.code, message: error.message, recovery: error.recovery }
    : { code: 'unexpected', message: error instanceof Error ? error.name : 'unknown', recovery: 'retry' as const };
  await ledger.recordFailure(attempt, failure).catch(() => {});
}
