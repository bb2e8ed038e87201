import type {
  Checkpoint,
  DocumentPath,
  DocumentToStore,
  PutOptions,
  PutResult,
  StorageDestination,
  StoredCopy,
} from '../destination/storage-destination.ts';
import { IntegrityError } from '../errors/integrity-error.ts';
import type { Attempt, Intent, Ledger } from '../ledger/ledger.ts';
import type { Receipt } from '../ledger/receipt.ts';
import type { VersionPlacement } from './archive-options.ts';
import type { DocumentJob } from './document-job.ts';
import { receiptOf } from './receipt-of.ts';
import { type Verification, verifyCopy } from './verify-copy.ts';

export interface StoreOptions {
  /** The name under which the destination was given. */
  readonly name: string;
  readonly destination: StorageDestination;
  readonly ledger: Ledger;
  readonly now: () => Date;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((bytes: number) => void) | undefined;
  readonly onNameClash?: (() => void) | undefined;
  /** Where a new version of a document goes. @default 'beside' */
  readonly versions?: VersionPlacement | undefined;
  /** Told when a new version had to be stored beside the earlier one after all. */
  readonly onRevisionRefused?: ((earlier: Receipt) => void) | undefined;
}

/** What every step of one attempt works on. */
export interface Step {
  readonly attempt: Attempt;
  readonly job: DocumentJob;
  readonly options: StoreOptions;
  /** What the destination saved last, by this attempt or the ones before. */
  readonly progress: { checkpoint: Checkpoint | undefined };
}

/** Writes the right bytes over a copy that holds wrong ones, where it lies. Tries once: a store that damages them twice needs a person. */
export async function replaceCopy(wrong: StoredCopy, wanted: Intent, step: Step): Promise<Receipt> {
  const { attempt, job, options } = step;
  const intent = { ...wanted, path: wrong.path ?? wanted.path };
  await options.ledger.recordIntent(attempt, intent);
  const replaces = { id: wrong.id, revision: wrong.revision };
  const { copy } = await put(intent, step, { ifExists: 'replace', replaces });
  const verification = await verifyCopy(copy, { ...intent, hash: intent.destinationHash }, options);
  if (verification.verdict === 'different') throw damagedCopy(verification, intent);
  return receiptOf(verification, { job, intent, outcome: 'stored', options });
}

export async function put(intent: Intent, { attempt, job, options, progress }: Step, choice: PutOptions): Promise<PutResult> {
  const { destination, ledger, signal, onProgress } = options;
  return destination.put(documentOf(job, intent, destination), {
    ...choice,
    checkpoint: progress.checkpoint,
    saveCheckpoint: async (checkpoint) => {
      await ledger.saveCheckpoint(attempt, checkpoint);
      progress.checkpoint = checkpoint;
    },
    onProgress: ({ bytes }) => onProgress?.(bytes),
    signal,
  });
}

export function intentOf(job: DocumentJob, path: DocumentPath, { name, destination }: StoreOptions): Intent {
  return {
    key: job.key,
    destination: name,
    contractId: job.contractId,
    path,
    mediaType: job.mediaType,
    size: job.bytes.size,
    sha256: job.bytes.sha256,
    destinationHash: job.bytes.hashes.get(destination.capabilities.hash.algorithm) ?? '',
  };
}

function documentOf(job: DocumentJob, intent: Intent, destination: StorageDestination): DocumentToStore {
  return {
    key: intent.key,
    path: intent.path,
    mediaType: intent.mediaType,
    size: intent.size,
    sha256: intent.sha256,
    hash: intent.destinationHash,
    properties: job.propertiesFor(destination.capabilities.properties),
    open: (offset) => job.bytes.open(offset),
  };
}

function damagedCopy({ copy, hash }: Verification, intent: Intent): IntegrityError {
  return new IntegrityError(`The copy in ${intent.destination} differs from the document, also after it was written again.`, {
    code: 'integrity.checksum_mismatch',
    recovery: 'operator',
    hint: 'Look at the copy in the store: something between here and there changes the bytes.',
    details: {
      key: intent.key,
      id: copy.id,
      expectedHash: intent.destinationHash,
      reportedHash: hash,
      expectedSize: intent.size,
      size: copy.size,
    },
  });
}
