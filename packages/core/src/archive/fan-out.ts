import type { StorageDestination } from '../destination/storage-destination.ts';
import { ArchiveError } from '../errors/archive-error.ts';
import { DestinationError } from '../errors/destination-error.ts';
import { referenceTo } from '../events/receipt-reference.ts';
import { traced } from '../events/tracer.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Receipt } from '../ledger/receipt.ts';
import type { ArchivePlan } from './archive-options.ts';
import type { DocumentJob } from './document-job.ts';
import { storeDocument } from './store-document.ts';
import { Turns } from './take-turns.ts';

/** What became of one document, by destination. */
export interface FanOutResult {
  readonly receipts: Record<string, Receipt>;
  readonly failures: Record<string, ArchiveError>;
}

/**
 * Stores a document in all destinations at once. None waits for another, and one's failure never hides another's receipt.
 *
 * Rejects only when `plan.signal` was aborted, after every destination has stopped.
 */
export async function fanOut(job: DocumentJob, plan: ArchivePlan): Promise<FanOutResult> {
  const result: FanOutResult = { receipts: {}, failures: {} };
  await Promise.all(
    Object.entries(plan.destinations).map(async ([name, destination]) => {
      try {
        result.receipts[name] = await storeInTurn(name, destination, { job, plan });
      } catch (error) {
        result.failures[name] = asArchiveError(error, name);
        noteFailure(name, result.failures[name], { job, plan });
      }
    }),
  );
  plan.signal?.throwIfAborted();
  return result;
}

interface Work {
  readonly job: DocumentJob;
  readonly plan: ArchivePlan;
}

const turnsOfLedgers = new WeakMap<Ledger, Turns>();

/** Two callers in this process who want the same copy follow one another: the second finds the receipt of the first. */
function storeInTurn(name: string, destination: StorageDestination, { job, plan }: Work): Promise<Receipt> {
  const turns = turnsOfLedgers.get(plan.ledger) ?? new Turns();
  turnsOfLedgers.set(plan.ledger, turns);
  const work = async (): Promise<Receipt> => {
    plan.signal?.throwIfAborted();
    const receipt = (await plan.ledger.find({ key: job.key, destination: name }))?.receipt;
    if (!receipt) return store(name, destination, { job, plan });
    plan.emit({ type: 'document.skipped', ...factsOf(job, name), receipt: referenceTo(receipt) });
    return receipt;
  };
  return turns.take(JSON.stringify([job.key, name]), { signal: plan.signal, work });
}

async function store(name: string, destination: StorageDestination, { job, plan }: Work): Promise<Receipt> {
  const facts = factsOf(job, name);
  const { size } = job.bytes;
  const startedAt = performance.now();
  const attributes = { 'contract.id': job.contractId, document: job.document, destination: name, size };
  const receipt = await traced({ tracer: plan.tracer, name: 'store document', attributes }, () =>
    storeDocument(job, {
      name,
      destination,
      ledger: plan.ledger,
      now: plan.now,
      signal: plan.signal,
      onProgress: (bytes) => plan.emit({ type: 'document.progressed', ...facts, bytes, size }),
      versions: plan.versions,
      onRevisionRefused: (earlier) => plan.emit({ type: 'revision.refused', ...facts, earlier: referenceTo(earlier) }),
      onNameClash: () => plan.emit({ type: 'name.clashed', ...facts }),
    }),
  );
  plan.emit({ type: 'document.stored', ...facts, receipt: referenceTo(receipt), durationMs: performance.now() - startedAt });
  return receipt;
}

function noteFailure(name: string, { code, recovery, message }: ArchiveError, { job, plan }: Work): void {
  if (!plan.signal?.aborted) plan.emit({ type: 'document.failed', ...factsOf(job, name), code, recovery, message });
}

function factsOf({ contractId, document, key }: DocumentJob, destination: string) {
  return { contractId, document, key, destination } as const;
}

/** Whatever a destination throws reaches the caller as one kind of error. */
function asArchiveError(error: unknown, name: string): ArchiveError {
  if (ArchiveError.isInstance(error)) return error;
  return new DestinationError(`The destination "${name}" failed in a way that it does not describe.`, {
    code: 'destination.unavailable',
    recovery: 'retry',
    hint: 'If it stays, this is a mistake in the adapter: the cause says where.',
    details: { destination: name },
    cause: error,
  });
}
