import type { Checkpoint, DocumentPath } from '../destination/storage-destination.ts';
import type { Receipt } from './receipt.ts';

/** Names one row of the ledger. */
export interface LedgerEntry {
  readonly key: string;
  /** The name under which the destination was given to `archiveContract`. */
  readonly destination: string;
}

/** What is about to be stored, written down before the first side effect. */
export interface Intent extends LedgerEntry {
  /** Composite id, such as `T-19589`. */
  readonly contractId: string;
  readonly path: DocumentPath;
  readonly mediaType: string;
  /** In bytes. */
  readonly size: number;
  /** SHA-256 in lower-case hex. */
  readonly sha256: string;
  /** The destination's own hash of the bytes. */
  readonly destinationHash: string;
}

/** A run that has the right to store one key in one destination, until a later one takes over. */
export interface Attempt extends LedgerEntry {
  /** Counts the attempts at this key and destination, from 1. */
  readonly number: number;
  /** The intent of the attempt before this one; absent on the first. Its copy may exist, wholly or in part. */
  readonly previousIntent?: Intent | undefined;
  /** What the attempts before this one saved last. A secret. */
  readonly checkpoint?: Checkpoint | undefined;
}

/** Why an attempt ended without a receipt. */
export interface AttemptFailure {
  readonly code: string;
  readonly message: string;
  readonly recovery: 'retry' | 'operator' | 'never';
}

/** What the ledger knows of one key in one destination. Holds no checkpoint: that is a secret. */
export interface LedgerRecord extends LedgerEntry {
  readonly attempts: number;
  readonly intent?: Intent | undefined;
  readonly receipt?: Receipt | undefined;
  /** Why the last attempt failed; absent while one runs and after success. */
  readonly failure?: AttemptFailure | undefined;
}

/**
 * The table of attempts and receipts: the memory that makes every step safe to repeat.
 *
 * One row per key and destination. An attempt is fenced: as soon as a later one has begun, every write of an earlier one rejects with
 * `LedgerError` `ledger.lease_lost`. All methods reject with `LedgerError` `ledger.unavailable` when the ledger cannot be reached,
 * and nothing is stored then. Anything that passes `describeLedger` of the testkit can be used.
 */
export interface Ledger {
  /**
   * False when the ledger forgets with the process. A new attempt then may meet a copy which the ledger knows nothing of, and destinations
   * whose create is not atomic by path look for the key first.
   */
  readonly durable: boolean;
  find(entry: LedgerEntry): Promise<LedgerRecord | undefined>;
  /** All rows of a contract that have an intent or a receipt, sorted by key and destination. */
  list(contractId: string): Promise<readonly LedgerRecord[]>;
  /** Takes over the row: a new attempt with the next number, which knows what the one before it left behind. */
  beginAttempt(entry: LedgerEntry): Promise<Attempt>;
  /** Writes down what is about to be stored. Keeps the checkpoint. */
  recordIntent(attempt: Attempt, intent: Intent): Promise<void>;
  /** Keeps what a later attempt needs to resume. Replaces the checkpoint before it. A secret: guard it like a credential. */
  saveCheckpoint(attempt: Attempt, checkpoint: Checkpoint): Promise<void>;
  /** Ends the attempt with its proof; forgets the checkpoint. */
  recordReceipt(attempt: Attempt, receipt: Receipt): Promise<void>;
  /** Ends the attempt without one; keeps intent and checkpoint for the next. */
  recordFailure(attempt: Attempt, failure: AttemptFailure): Promise<void>;
}
