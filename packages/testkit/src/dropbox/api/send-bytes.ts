import type { StoredBytes } from '../../emulator/index.ts';

/** The answer to a download: bytes or a range of them, with the file's metadata in a header. */
export function sendBytes(bytes: StoredBytes, result: unknown, request: Request): Response {
  const headers = { 'content-type': 'application/octet-stream', 'dropbox-api-result': headerSafe(result), 'accept-ranges': 'bytes' };
  const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.get('range') ?? '');
  if (range === null) return new Response(bytes.open(), { headers: { ...headers, 'content-length': String(bytes.size) } });
  const start = Number(range[1]);
  const end = range[2] === '' ? bytes.size : Math.min(Number(range[2]) + 1, bytes.size);
  if (start >= end) return new Response(null, { status: 416, headers: { 'content-range': `bytes */${bytes.size}` } });
  return new Response(bytes.open({ start, end }), {
    status: 206,
    headers: { ...headers, 'content-length': String(end - start), 'content-range': `bytes ${start}-${end - 1}/${bytes.size}` },
  });
}

function headerSafe(value: unknown): string {
  return JSON.stringify(value).replaceAll(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
