import {
  bytesBody,
  type CallOptions,
  ConfigurationError,
  conflictWith,
  createDestinationRequester,
  createTokenSource,
  type DestinationAnswer,
  type DestinationCapabilities,
  DestinationError,
  type DocumentPath,
  type DocumentToStore,
  documentBody,
  type ErrorTable,
  type FetchToken,
  type FindQuery,
  jsonBody,
  type OpenOptions,
  type PutOptions,
  type PutResult,
  parseBaseUrl,
  type RetryOptions,
  resumeOrBegin,
  runChecks,
  type Secret,
  type StorageDestination,
  type StoredCopy,
  secret,
  sha256,
  type UploadInPiecesOutcome,
  type UploadPosition,
  uploadInPieces,
  withProgress,
} from '@spotdraft-archive/core/destination';
import { z } from 'zod';

export interface ShelfOptions {
  /** A token, or a function that gets one. */
  readonly auth: string | FetchToken;
  /** The shelf that keeps the copies. */
  readonly shelf: string;
  /** @default 'https://api.shelf.example/' */
  readonly baseUrl?: string | undefined;
  readonly retry?: RetryOptions | undefined;
}

/** Larger documents go in pieces. */
const resumableFromBytes = 524_288;
const pieceBytes = 262_144;

const capabilities: DestinationCapabilities = {
  keyLookup: 'path-only',
  atomicCreate: 'by-path',
  duplicatePaths: false,
  resumableFromBytes,
  hash: sha256,
  maxBytes: 1_000_000_000_000,
  naming: {
    forbiddenCharacters: '\\/:',
    reservedNames: [],
    forbiddenPrefixes: [],
    forbiddenFragments: [],
    forbiddenEndings: ' .',
    supportsAstralCharacters: true,
    maxNameLength: 255,
    maxPathLength: 1000,
    lengthUnit: 'utf8-bytes',
    caseSensitive: true,
  },
  altersMediaTypes: [],
  metadata: 'native',
  properties: { maxCount: 20, maxValueBytes: 200 },
  sources: { hash: 'https://api.shelf.example/docs/files#hash' },
};

const sessionSchema = z.object({ session: z.string() });

const checkpointSchema = z.object({ sha256: z.string(), session: z.string() });

type Uploaded = UploadInPiecesOutcome<DestinationAnswer>;

interface PiecesOptions {
  readonly session: Secret<string>;
  readonly isResumed: boolean;
  readonly options: PutOptions;
}

const failureSchema = z.object({ code: z.string() });

const errorTable: ErrorTable = {
  rows: [
    {
      status: 403,
      reason: 'not_a_member',
      code: 'destination.forbidden',
      recovery: 'operator',
      hint: 'Add the app to the shelf as an editor.',
    },
    { status: 403, reason: 'full', code: 'destination.quota_exceeded', recovery: 'operator', hint: 'Empty the bin of the shelf.' },
    // Not repeated: the upload is begun anew instead.
    { status: 404, reason: 'no_session', code: 'destination.upload_expired', recovery: 'retry' },
    { status: 423, code: 'destination.unavailable', recovery: 'retry' },
  ],
  readFailure: ({ json, headers }) => ({
    reason: failureSchema.safeParse(json).data?.code,
    requestId: headers.get('x-request-id') ?? undefined,
  }),
};

const cardSchema = z.object({ key: z.string(), properties: z.record(z.string(), z.string()) });

const fileSchema = z.object({ id: z.string(), size: z.number(), sha256: z.string(), card: cardSchema.optional() });

function toCopy({ id, size, sha256: hash, card }: z.output<typeof fileSchema>): StoredCopy {
  return { id, size, hash, ...card };
}

function cardOf({ key, properties }: DocumentToStore): z.output<typeof cardSchema> {
  return { key, properties };
}

/** A destination on one shelf. Throws `ConfigurationError` when an option is missing; connects to nothing until it is used. */
export function shelf({ auth, shelf: shelfName, baseUrl = 'https://api.shelf.example/', retry }: ShelfOptions): StorageDestination {
  if (!auth) {
    throw new ConfigurationError('shelf: "auth" is missing. Pass a token, or a function that returns one: shelf({ auth }).', {
      code: 'config.missing_option',
      recovery: 'never',
    });
  }
  const base = parseBaseUrl(baseUrl, { provider: 'shelf', option: 'baseUrl' });
  const tokenSource = createTokenSource({ provider: 'shelf', auth, hint: 'Make a new token under Account > Apps.' });
  const requester = createDestinationRequester({ provider: 'shelf', errorTable, tokenSource, credentialHosts: [base.host], retry });
  const root = `shelves/${encodeURIComponent(shelfName)}`;
  const urlOf = ({ folders, name }: DocumentPath) => new URL(`${root}/${[...folders, name].map(encodeURIComponent).join('/')}`, base);

  async function look(url: URL, { signal }: CallOptions): Promise<StoredCopy | undefined> {
    const answer = await requester.request({
      operation: 'look for the copy',
      method: 'GET',
      url,
      expect: [200, 404],
      repeat: 'safe',
      signal,
    });
    return answer.status === 404 ? undefined : toCopy(answer.json(fileSchema));
  }

  async function find({ key, path }: FindQuery, options: CallOptions = {}): Promise<StoredCopy | undefined> {
    if (path === undefined) {
      throw new DestinationError('shelf: a copy cannot be found by its key alone.', {
        code: 'destination.unsupported',
        recovery: 'never',
        hint: 'Pass the path too.',
      });
    }
    const copy = await look(urlOf(path), options);
    return copy?.key === key ? copy : undefined;
  }

  async function put(document: DocumentToStore, options: PutOptions = {}): Promise<PutResult> {
    const isLarge = document.size >= resumableFromBytes;
    const { result, hasSent } = isLarge ? await uploadInSession(document, options) : await uploadWhole(document, options);
    const copy = toCopy(result.json(fileSchema));
    if (result.status === 201) return { copy, outcome: hasSent ? 'stored' : 'adopted' };
    if (copy.hash !== document.hash || (copy.key ?? document.key) !== document.key) throw conflictWith(copy);
    const { signal } = options;
    return { copy: copy.key === undefined ? await stamp(copy.id, document, { signal }) : copy, outcome: 'adopted' };
  }

  async function uploadWhole(document: DocumentToStore, options: PutOptions): Promise<Uploaded> {
    const { ifExists = 'fail', replaces, onProgress, signal } = options;
    const result = await requester.request({
      operation: 'store the document',
      method: 'PUT',
      url: urlOf(document.path),
      query: { ifExists, replaces: replaces?.id },
      headers: { 'x-card': encodeURIComponent(JSON.stringify(cardOf(document))) },
      body: documentBody(withProgress(document, onProgress)),
      expect: [201, 409],
      // The store refuses a second file at the path, so a repetition after a lost reply ends in the 409.
      repeat: 'safe',
      signal,
    });
    return { result, hasSent: true };
  }

  async function uploadInSession(document: DocumentToStore, options: PutOptions): Promise<Uploaded> {
    const earlier = checkpointSchema.safeParse(options.checkpoint).data;
    return resumeOrBegin<Secret<string>, Uploaded>({
      // A checkpoint belongs to the bytes it was saved for.
      earlier: earlier?.sha256 === document.sha256 ? secret(earlier.session) : undefined,
      begin: () => beginSession(document, options),
      upload: (session, { isResumed }) => uploadPieces(document, { session, isResumed, options }),
    });
  }

  async function beginSession(document: DocumentToStore, options: PutOptions): Promise<Secret<string>> {
    const { ifExists = 'fail', replaces, saveCheckpoint, signal } = options;
    const answer = await requester.request({
      operation: 'begin the upload',
      method: 'POST',
      url: new URL('sessions', base),
      body: jsonBody({ url: urlOf(document.path), card: cardOf(document), ifExists, replaces: replaces?.id }),
      expect: [201],
      repeat: 'safe',
      signal,
    });
    const { session } = answer.json(sessionSchema);
    await saveCheckpoint?.({ sha256: document.sha256, session });
    // A crash from here on leaves an upload that the next attempt resumes.
    return secret(session);
  }

  function uploadPieces(document: DocumentToStore, { session, isResumed, options }: PiecesOptions): Promise<Uploaded> {
    const { onProgress, signal } = options;
    const send = async (range: string, bytes: Uint8Array): Promise<UploadPosition<DestinationAnswer>> => {
      const answer = await requester.request({
        operation: 'upload a piece',
        method: 'PUT',
        url: session,
        // A session address is a credential itself: it gets no token.
        auth: false,
        headers: { 'content-range': `bytes ${range}/${document.size}` },
        body: bytesBody(bytes),
        expect: [201, 308, 409],
        repeat: 'never',
        signal,
      });
      return answer.status === 308 ? { received: Number(answer.headers.get('x-received')) } : { result: answer };
    };
    return uploadInPieces(document, {
      provider: 'shelf',
      pieceBytes,
      isResumed,
      retry,
      send: ({ offset, bytes }) => send(`${offset}-${offset + bytes.byteLength - 1}`, bytes),
      locate: () => send('*', new Uint8Array()),
      onProgress,
      signal,
    });
  }

  async function stamp(id: string, document: DocumentToStore, { signal }: CallOptions): Promise<StoredCopy> {
    const url = new URL(`files/${encodeURIComponent(id)}/card`, base);
    const body = jsonBody(cardOf(document));
    const answer = await requester.request({
      operation: 'stamp the copy',
      method: 'PUT',
      url,
      body,
      expect: [200],
      repeat: 'safe',
      signal,
    });
    return toCopy(answer.json(fileSchema));
  }

  async function open(id: string, { offset = 0, signal }: OpenOptions = {}): Promise<ReadableStream<Uint8Array>> {
    const answer = await requester.download({
      operation: 'read the copy',
      url: new URL(`files/${encodeURIComponent(id)}/content`, base),
      headers: offset === 0 ? {} : { range: `bytes=${offset}-` },
      expect: [offset === 0 ? 200 : 206],
      signal,
    });
    return answer.body;
  }

  return {
    provider: 'shelf',
    capabilities,
    put,
    open,
    find,
    stat: async (id, options = {}) => look(new URL(`files/${encodeURIComponent(id)}`, base), options),
    check: async ({ signal } = {}) => {
      const readShelf = async () => {
        await requester.request({
          operation: 'read the shelf',
          method: 'GET',
          url: new URL(root, base),
          expect: [200],
          repeat: 'safe',
          signal,
        });
        return 'The shelf is there and the token may read it.';
      };
      return runChecks([{ subject: 'shelf', look: readShelf, hint: 'Look at the option "shelf".' }], { signal });
    },
  };
}
