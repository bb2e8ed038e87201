/** Hashes that the file storage announces for a document, in lower-case hex. */
export interface StorageChecksums {
  readonly md5?: string | undefined;
  readonly sha256?: string | undefined;
}

/**
 * Reads every header in which a file storage announces hashes; what is no hash is left out.
 *
 * `Content-MD5`, Google's `x-goog-hash`, `Digest` (RFC 3230), `Repr-Digest` and `Content-Digest` (RFC 9530). Google's hash is that of the object as it
 * is stored, so it says nothing when storage unpacks a compressed object on the way: https://cloud.google.com/storage/docs/transcoding
 */
export function readStorageChecksums(headers: Headers): StorageChecksums {
  const isPacked = [headers.get('x-goog-stored-content-encoding'), headers.get('content-encoding')].some(
    (encoding) => encoding !== null && encoding !== 'identity',
  );
  if (isPacked) return {};
  const announced = ['x-goog-hash', 'digest', 'repr-digest', 'content-digest'].flatMap((name) => pairsIn(headers.get(name)));
  const valueOf = (...algorithms: string[]) => announced.find(([algorithm]) => algorithms.includes(algorithm))?.[1];
  return {
    md5: toHex(headers.get('content-md5') ?? valueOf('md5'), 16),
    sha256: toHex(valueOf('sha-256', 'sha256'), 32),
  };
}

/** `md5=base64,sha-256=:base64:` as pairs. */
function pairsIn(header: string | null): [algorithm: string, value: string][] {
  return (header ?? '').split(',').map((pair) => {
    const [algorithm = '', ...rest] = pair.trim().split('=');
    return [algorithm.toLowerCase(), rest.join('=').replace(/^:(.*):$/, '$1')];
  });
}

function toHex(base64: string | undefined, bytes: number): string | undefined {
  const hash = Buffer.from(base64 ?? '', 'base64');
  return hash.byteLength === bytes ? hash.toString('hex') : undefined;
}
