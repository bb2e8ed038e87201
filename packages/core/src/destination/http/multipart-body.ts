import { randomUUID } from 'node:crypto';
import type { BodyPart, OpenableDocument, RequestBody } from './request-body.ts';

export interface MultipartRelatedOptions {
  /** The first part, as JSON. */
  readonly metadata: unknown;
  /** The second part. */
  readonly document: OpenableDocument;
}

/** Metadata and bytes in one `multipart/related` body whose size is known beforehand. */
export function multipartRelated({ metadata, document }: MultipartRelatedOptions): RequestBody {
  return multipart('multipart/related', [
    { headers: ['Content-Type: application/json; charset=UTF-8'], content: textPart(JSON.stringify(metadata)) },
    { headers: [contentType(document)], content: document },
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
    content: textPart(value),
  }));
  const disposition = `Content-Disposition: form-data; name="${escapeQuoted(file.name)}"; filename="${escapeQuoted(file.fileName)}"`;
  return multipart('multipart/form-data', [...fieldParts, { headers: [disposition, contentType(file.document)], content: file.document }]);
}

interface Section {
  readonly headers: readonly string[];
  readonly content: BodyPart;
}

function multipart(mediaType: string, sections: readonly Section[]): RequestBody {
  const boundary = randomUUID();
  const parts = sections.flatMap(({ headers, content }, index) => [
    textPart(`${index === 0 ? '' : '\r\n'}--${boundary}\r\n${headers.join('\r\n')}\r\n\r\n`),
    content,
  ]);
  parts.push(textPart(`\r\n--${boundary}--\r\n`));
  const size = parts.reduce((sum, part) => sum + (part instanceof Uint8Array ? part.byteLength : part.size), 0);
  return { size, mediaType: `${mediaType}; boundary=${boundary}`, parts };
}

function textPart(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function contentType(document: OpenableDocument): string {
  return `Content-Type: ${document.mediaType ?? 'application/octet-stream'}`;
}

/** As browsers do it. https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#multipart-form-data */
function escapeQuoted(text: string): string {
  return text.replaceAll('\r', '%0D').replaceAll('\n', '%0A').replaceAll('"', '%22');
}
