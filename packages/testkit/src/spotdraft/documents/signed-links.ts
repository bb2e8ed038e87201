import { createHash } from 'node:crypto';
import type { EmulatorClock } from '../../emulator/index.ts';
import type { FixtureDocument } from '../../fixtures/fixture-document.ts';
import { storageHashHeader } from './storage-hashes.ts';

export interface SignedLinksOptions {
  readonly clock: EmulatorClock;
  readonly lifetimeMs: number;
  readonly hasHashes: boolean;
}

/** What a link gives: a document, or what the storage holds while there is none yet. */
export interface LinkTarget {
  readonly contractId: string;
  readonly versionId: number;
  readonly mediaType: string;
  readonly content: FixtureDocument | 'html';
}

interface IssuedLink extends LinkTarget {
  readonly pathAndQuery: string;
  readonly expiresAt: number;
}

/** The file storage behind the download links: gives documents to whoever has a link, and to nobody after it expired. */
export class SignedLinks {
  readonly #options: SignedLinksOptions;
  readonly #issued = new Map<string, IssuedLink>();

  constructor(options: SignedLinksOptions) {
    this.#options = options;
  }

  /** Makes a link. `storageUrl` is the address of the storage. */
  issue(target: LinkTarget, storageUrl: string): string {
    const { clock, lifetimeMs } = this.#options;
    const signature = createHash('sha256').update(`link ${this.#issued.size}`).digest('hex');
    const query = new URLSearchParams({
      'X-Goog-Algorithm': 'GOOG4-RSA-SHA256',
      'X-Goog-Credential': 'emulator@storage.invalid/auto/storage/goog4_request',
      'X-Goog-Date': new Date(clock.now()).toISOString().replaceAll(/[-:]|\.\d+/g, ''),
      'X-Goog-Expires': String(Math.ceil(lifetimeMs / 1000)),
      'X-Goog-SignedHeaders': 'host',
      'X-Goog-Signature': signature,
    });
    const pathAndQuery = `/contract-documents/${target.contractId}/${target.versionId}?${query.toString()}`;
    this.#issued.set(signature, { ...target, pathAndQuery, expiresAt: clock.now() + lifetimeMs });
    return `${storageUrl}${pathAndQuery}`;
  }

  async serve(request: Request): Promise<Response> {
    const url = new URL(request.url);
    const link = this.#issued.get(url.searchParams.get('X-Goog-Signature') ?? '');
    // The method is part of what is signed, so a HEAD fails as well.
    if (link === undefined || link.pathAndQuery !== `${url.pathname}${url.search}` || request.method !== 'GET') {
      return storageError(403, 'SignatureDoesNotMatch');
    }
    if (this.#options.clock.now() >= link.expiresAt) return storageError(400, 'ExpiredToken');
    if (link.content === 'html') return proxyPage();
    return this.#send(link.content, link.mediaType, request.headers.get('range'));
  }

  async #send(document: FixtureDocument, mediaType: string, rangeHeader: string | null): Promise<Response> {
    const headers = new Headers({ 'content-type': mediaType, 'accept-ranges': 'bytes' });
    headers.set('x-goog-stored-content-length', String(document.size));
    if (this.#options.hasHashes) headers.set('x-goog-hash', await storageHashHeader(document));
    const start = Number(/^bytes=(\d+)-$/.exec(rangeHeader ?? '')?.[1] ?? 0);
    if (start > 0 && start >= document.size) return storageError(416, 'InvalidRange');
    headers.set('content-length', String(document.size - start));
    if (start > 0) headers.set('content-range', `bytes ${start}-${document.size - 1}/${document.size}`);
    return new Response(document.open(start), { status: start > 0 ? 206 : 200, headers });
  }
}

/** What Google Cloud Storage answers instead of a document. */
export function storageErrorBody(code: string): string {
  return `<?xml version='1.0' encoding='UTF-8'?><Error><Code>${code}</Code><Message>Refused by the storage.</Message></Error>`;
}

function storageError(status: number, code: string): Response {
  return new Response(storageErrorBody(code), { status, headers: { 'content-type': 'application/xml; charset=UTF-8' } });
}

/** A page as a proxy sends it in place of a document. */
export function proxyPage(): Response {
  const page = '<!doctype html><html><head><title>One moment</title></head><body>Your document is being prepared.</body></html>';
  return new Response(page, { headers: { 'content-type': 'text/html; charset=utf-8' } });
}
