import { randomUUID } from 'node:crypto';
import { concatenate } from './concatenate.ts';
import { exactly } from './exactly.ts';
import { jsonBody, type OpenableDocument, type RequestBody } from './request-body.ts';

export interface MultipartRelatedOptions {
  /** The first part, as JSON. */
  readonly metadata: unknown;
  /** The second part. */
  readonly document: OpenableDocument;
}

/** Metadata and bytes in one `multipart/related` body whose size is known beforehand. */
export function multipartRelated({ metadata, document }: MultipartRelatedOptions): RequestBody {
  return multipart('multipart/related', [
    { headers: ['Content-Type: application/json; charset=UTF-8'], body: jsonBody(metadata) },
    { headers: [contentType(document)], body: exactBody(document) },
  ]);
}

export interface MultipartFormOptions {
  /** Parts before the file, in this order. */
  readonly fields: readonly { readonly name: string; readonly value: string }[];
  readonly file: { readonly name: string; readonly fileName: string; readonly document: OpenableDocument };
}

/** Fields and then a file in one `multipart/form-data` body whose size is known beforehand. */
export function multipartForm({ fields, file }: MultipartFormOptions): RequestBody {
  const fieldParts = fields.map(({ name, value }) => ({
    headers: [`Content-Disposition: form-data; name="${escapeQuoted(name)}"`],
    body: textBody(value),
  }));
  const disposition = `Content-Disposition: form-data; name="${escapeQuoted(file.name)}"; filename="${escapeQuoted(file.fileName)}"`;
  return multipart('multipart/form-data', [
    ...fieldParts,
    { headers: [disposition, contentType(file.document)], body: exactBody(file.document) },
  ]);
}

interface Part {
  readonly headers: readonly string[];
  readonly body: RequestBody;
}

function multipart(mediaType: string, parts: readonly Part[]): RequestBody {
  const boundary = randomUUID();
  const sections = parts.flatMap(({ headers, body }, index) => [
    textBody(`${index === 0 ? '' : '\r\n'}--${boundary}\r\n${headers.join('\r\n')}\r\n\r\n`),
    body,
  ]);
  return concatenate([...sections, textBody(`\r\n--${boundary}--\r\n`)], `${mediaType}; boundary=${boundary}`);
}

function textBody(text: string): RequestBody {
  const bytes = new TextEncoder().encode(text);
  return { size: bytes.byteLength, open: () => bytes };
}

/** Checked by itself: the closing boundary must not follow a document of the wrong size. */
function exactBody(document: OpenableDocument): RequestBody {
  return { size: document.size, open: () => document.open().pipeThrough(exactly(document.size)) };
}

function contentType(document: OpenableDocument): string {
  return `Content-Type: ${document.mediaType ?? 'application/octet-stream'}`;
}

/** As browsers do it. https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#multipart-form-data */
function escapeQuoted(text: string): string {
  return text.replaceAll('\r', '%0D').replaceAll('\n', '%0A').replaceAll('"', '%22');
}
