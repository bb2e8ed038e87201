import { readStorageChecksums, type StorageChecksums } from './documents/storage-checksums.ts';

/** A document that is being read. Read its body to the end or cancel it: until then it holds a connection. */
export interface OpenedDocument {
  /**
   * The bytes as they arrive. Ends with `integrity.download_incomplete` when the connection breaks or stands still for `timeoutMs`, and with the
   * reason of the signal when that is aborted.
   */
  readonly body: ReadableStream<Uint8Array>;
  /** In bytes, as announced; absent when it was not. */
  readonly size?: number | undefined;
  /** As labelled. SpotDraft labels PDF files as JSON in places: trust the bytes. */
  readonly mediaType?: string | undefined;
  /** As announced by the file storage. */
  readonly checksums: StorageChecksums;
}

export function openedDocument({ body, headers }: Pick<Response, 'body' | 'headers'>): OpenedDocument {
  return {
    body: body ?? new Blob([]).stream(),
    size: announcedSize(headers),
    mediaType: headers.get('content-type')?.split(';')[0]?.trim().toLowerCase(),
    checksums: readStorageChecksums(headers),
  };
}

/** The length of a compressed answer is not the document's. */
function announcedSize(headers: Headers): number | undefined {
  const length = headers.get('content-length');
  return isCompressed(headers) || length === null || !/^\d+$/.test(length) ? undefined : Number(length);
}

function isCompressed(headers: Headers): boolean {
  return (headers.get('content-encoding') ?? 'identity') !== 'identity';
}
