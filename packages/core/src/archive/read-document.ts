import pRetry from 'p-retry';
import type { DestinationHash } from '../destination/hash.ts';
import { ArchiveError } from '../errors/archive-error.ts';
import { SpotDraftError } from '../errors/spotdraft-error.ts';
import type { SpotDraftClient } from '../spotdraft/client.ts';
import type { DownloadLink } from '../spotdraft/documents/download-link.ts';
import { checkPdf } from './check-pdf.ts';
import { checksumsToCompute, compareWithStorage } from './compare-with-storage.ts';
import { spoolDocument } from './spool/spool-document.ts';
import type { SpooledDocument } from './spool/spooled-document.ts';

/** How long, and how often, to wait for a document that SpotDraft does not have ready yet. */
export interface Readiness {
  /** Tries in all, the first included. @default 5 */
  readonly attempts: number;
  /** Wait after the first try, in milliseconds; it doubles from try to try. @default 2_000 */
  readonly firstDelayMs: number;
  /** Longest wait between two tries, in milliseconds. @default 60_000 */
  readonly maxDelayMs: number;
}

export interface ReadDocumentOptions {
  readonly spotdraft: SpotDraftClient;
  readonly format: 'PDF' | 'DOCX';
  /** A link that was asked for already; a fresh one is asked for when it does not work. */
  readonly link?: DownloadLink | undefined;
  readonly hashes: readonly DestinationHash[];
  readonly maxMemoryBytes: number;
  readonly temporaryDirectory: string;
  readonly readiness: Readiness;
  readonly signal?: AbortSignal | undefined;
  readonly onDelay?: ((delay: { readonly code: string; readonly attempt: number; readonly retryInMs: number }) => void) | undefined;
}

/** A document that was read whole and unaltered, and the version it belongs to. */
export interface ReadDocument {
  readonly bytes: SpooledDocument;
  readonly versionId: string | undefined;
}

// What SpotDraft may answer while the document of a contract that was executed a moment ago is still being made.
const notReadyCodes = new Set(['spotdraft.business_rule', 'spotdraft.not_found', 'spotdraft.conflict', 'spotdraft.document_not_ready']);

/**
 * Asks for a download link, again with growing delays while SpotDraft has no document.
 *
 * Throws `spotdraft.document_not_ready` (recovery `retry`) when it stays unready.
 */
export async function requestLink(contractId: string, options: ReadDocumentOptions): Promise<DownloadLink> {
  return whileNotReady(contractId, options, () => freshLink(contractId, options));
}

/**
 * Reads a document of an executed contract from SpotDraft, once more with a fresh link when it is not ready, cut short or altered.
 *
 * Throws `spotdraft.document_not_ready` (recovery `retry`) when it stays unready, and the last error otherwise. Leaves nothing behind then.
 */
export async function readDocument(contractId: string, options: ReadDocumentOptions): Promise<ReadDocument> {
  let { link } = options;
  return whileNotReady(contractId, options, async () => {
    const usable = link ?? (await freshLink(contractId, options));
    link = undefined;
    return { bytes: await download(usable, options), versionId: usable.versionId };
  });
}

function freshLink(contractId: string, { spotdraft, format, signal }: ReadDocumentOptions): Promise<DownloadLink> {
  return spotdraft.contracts.downloadLink(contractId, { format, signal });
}

async function whileNotReady<Result>(contractId: string, options: ReadDocumentOptions, work: () => Promise<Result>): Promise<Result> {
  const { readiness, signal, onDelay } = options;
  try {
    return await pRetry(work, {
      retries: readiness.attempts - 1,
      minTimeout: readiness.firstDelayMs,
      maxTimeout: readiness.maxDelayMs,
      factor: 2,
      ...(signal && { signal }),
      shouldRetry: ({ error }) => isWorthAnotherTry(error),
      onFailedAttempt: ({ error, attemptNumber, retryDelay, retriesLeft }) => {
        if (retriesLeft === 0 || !isWorthAnotherTry(error)) return;
        onDelay?.({ code: codeOf(error), attempt: attemptNumber, retryInMs: retryDelay });
      },
    });
  } catch (error) {
    signal?.throwIfAborted();
    throw notReadyCodes.has(codeOf(error)) ? notReady(contractId, error) : error;
  }
}

/** Fetches the bytes behind a link, and makes sure that they are all there and what storage says they are. */
async function download(link: DownloadLink, options: ReadDocumentOptions): Promise<SpooledDocument> {
  const opened = await options.spotdraft.contracts.openLink(link, { signal: options.signal });
  const bytes = await spoolDocument(opened.body, {
    hashes: [...options.hashes, ...checksumsToCompute(opened)],
    maxMemoryBytes: options.maxMemoryBytes,
    directory: options.temporaryDirectory,
    signal: options.signal,
  });
  try {
    compareWithStorage(bytes, opened);
    if (options.format === 'PDF') await checkPdf(bytes);
    return bytes;
  } catch (error) {
    await bytes[Symbol.asyncDispose]();
    throw error;
  }
}

/** True for what waiting or downloading anew can mend. The client has already repeated what failed on the way. */
function isWorthAnotherTry(error: unknown): boolean {
  const code = codeOf(error);
  return notReadyCodes.has(code) || code.startsWith('integrity.download_') || code === 'spotdraft.link_expired';
}

function codeOf(error: unknown): string {
  return ArchiveError.isInstance(error) ? error.code : 'unexpected';
}

function notReady(contractId: string, cause: unknown): SpotDraftError {
  return new SpotDraftError(`SpotDraft has no signed document of ${contractId} yet.`, {
    code: 'spotdraft.document_not_ready',
    recovery: 'retry',
    hint: 'Try again in some minutes. If this stays, download the contract in SpotDraft and look at it.',
    details: { contractId },
    cause,
  });
}
