/** The bytes of a request, part after part. Documents can be opened again, because a request may be sent again. */
export interface RequestBody {
  /** Exactly this many bytes, so that nothing is sent chunked. */
  readonly size: number;
  /** Goes into `Content-Type`; absent: no such header. */
  readonly mediaType?: string | undefined;
  readonly parts: readonly BodyPart[];
}

/** Bytes in memory, or a document that is opened when its turn comes. */
export type BodyPart = Uint8Array | OpenableDocument;

/** What of a document is needed to send it. */
export interface OpenableDocument {
  /** In bytes. */
  readonly size: number;
  readonly mediaType?: string | undefined;
  open(offset?: number): ReadableStream<Uint8Array>;
}

/** A body of bytes in memory. They are not copied: leave them alone until the request is done. */
export function bytesBody(bytes: Uint8Array, mediaType?: string): RequestBody {
  return { size: bytes.byteLength, mediaType, parts: [bytes] };
}

/** A JSON body. */
export function jsonBody(value: unknown): RequestBody {
  return bytesBody(new TextEncoder().encode(JSON.stringify(value)), 'application/json');
}

/** A form body, `application/x-www-form-urlencoded`. */
export function formBody(fields: Readonly<Record<string, string>>): RequestBody {
  return bytesBody(new TextEncoder().encode(new URLSearchParams(fields).toString()), 'application/x-www-form-urlencoded');
}

/** The whole document as a body. */
export function documentBody(document: OpenableDocument): RequestBody {
  return { size: document.size, mediaType: document.mediaType, parts: [document] };
}
