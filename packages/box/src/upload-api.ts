import {
  bytesBody,
  type CallOptions,
  type DestinationAnswer,
  type DestinationRequest,
  type DestinationRequester,
  jsonBody,
  multipartForm,
  type OpenableDocument,
  type Piece,
  type RetryOptions,
} from '@spotdraft-archive/core/destination';
import { sessionGone } from './errors.ts';
import { type Part, partPageSchema, uploadedPartSchema } from './wire-types.ts';

/** Where an upload leads: a new file, or a new version of one as it was last seen. */
export type UploadTarget =
  | { readonly kind: 'file'; readonly parentId: string; readonly name: string }
  | { readonly kind: 'version'; readonly fileId: string; readonly name: string; readonly etag: string | undefined };

export interface WholeUpload extends CallOptions {
  readonly target: UploadTarget;
  readonly document: OpenableDocument;
  /** Of the document, in hex. */
  readonly sha1: string;
  readonly fields: string;
}

export interface PartUpload extends CallOptions {
  readonly piece: Piece;
  /** Of the piece, in base64. */
  readonly digest: string;
  /** Of the whole document, in bytes. */
  readonly size: number;
}

export interface CommitUpload extends CallOptions {
  readonly target: UploadTarget;
  readonly parts: readonly Part[];
  /** Of the document, in base64. */
  readonly digest: string;
  readonly fields: string;
}

/** The endpoints of uploads. Those of a session throw `destination.upload_expired` when it is gone. */
export interface UploadApi {
  /** 201, 404 without the folder, 400 `bad_digest`, 409 `item_name_in_use`, or 412 when the version is not the expected one. */
  uploadWhole(upload: WholeUpload): Promise<DestinationAnswer>;
  /** 201, 404 without the folder, or 409 `item_name_in_use`. */
  openSession(target: UploadTarget, options: CallOptions & { readonly size: number }): Promise<DestinationAnswer>;
  /** `undefined` when the part had arrived before. */
  uploadPart(url: string, upload: PartUpload): Promise<Part | undefined>;
  listParts(url: string, options: CallOptions): Promise<readonly Part[]>;
  /** 201, 400 `bad_digest`, 409 `item_name_in_use`, or 412 when the version is not the expected one. */
  commit(url: string, upload: CommitUpload): Promise<DestinationAnswer>;
  abort(url: string, options: CallOptions): Promise<void>;
}

export interface UploadApiOptions {
  readonly requester: DestinationRequester;
  readonly uploadUrl: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** How long a commit may take. */
  readonly commitRetry: RetryOptions;
}

const refusals = [
  { status: 400, reason: 'bad_digest' },
  { status: 409, reason: 'item_name_in_use' },
  { status: 412, reason: 'precondition_failed' },
] as const;

export function createUploadApi({ requester, uploadUrl, headers, commitRetry }: UploadApiOptions): UploadApi {
  const urlOf = (path: string) => new URL(`api/2.0/${path}`, uploadUrl);
  const send = (request: Omit<DestinationRequest, 'repeat'>) =>
    requester.request({ ...request, headers: { ...headers, ...request.headers }, repeat: 'safe' });
  // 403: a session belongs to the user who opened it. 410 and 404: it has ended or was used up.
  const sendInSession = async (request: Omit<DestinationRequest, 'repeat'>) => {
    const answer = await send({
      ...request,
      expect: [...request.expect, 404, 410, { status: 403, reason: /^(forbidden|access_denied.*)$/ }],
    });
    if ([403, 404, 410].includes(answer.status)) throw sessionGone();
    return answer;
  };

  return {
    uploadWhole({ target, document, sha1, fields, signal }) {
      const attributes = target.kind === 'file' ? { name: target.name, parent: { id: target.parentId } } : { name: target.name };
      return send({
        operation: 'upload a document',
        method: 'POST',
        url: urlOf(target.kind === 'file' ? 'files/content' : `files/${target.fileId}/content`),
        query: { fields },
        // The header is called after MD5 and holds a SHA-1. https://developer.box.com/guides/uploads/check/
        headers: { 'content-md5': sha1, ...ifMatch(target) },
        // The bytes come last, or Box refuses them with `metadata_after_file_contents`.
        body: multipartForm({
          fields: [{ name: 'attributes', value: JSON.stringify(attributes) }],
          file: { name: 'file', fileName: 'document', document },
        }),
        expect: [201, { status: 404, reason: /^(not_found|trashed)$/ }, ...refusals],
        signal,
      });
    },
    openSession(target, { size, signal }) {
      const isFile = target.kind === 'file';
      const body = isFile
        ? { folder_id: target.parentId, file_name: target.name, file_size: size }
        : { file_name: target.name, file_size: size };
      return send({
        operation: 'begin an upload',
        method: 'POST',
        url: urlOf(isFile ? 'files/upload_sessions' : `files/${target.fileId}/upload_sessions`),
        body: jsonBody(body),
        expect: [201, { status: 404, reason: /^(not_found|trashed)$/ }, { status: 409, reason: 'item_name_in_use' }],
        signal,
      });
    },
    async uploadPart(url, { piece: { offset, bytes }, digest, size, signal }) {
      const answer = await sendInSession({
        operation: 'upload a part',
        method: 'PUT',
        url,
        headers: { digest: `sha=${digest}`, 'content-range': `bytes ${offset}-${offset + bytes.byteLength - 1}/${size}` },
        body: bytesBody(bytes, 'application/octet-stream'),
        expect: [200, { status: 409, reason: 'range_overlaps_existing_part' }],
        signal,
      });
      return answer.status === 409 ? undefined : answer.json(uploadedPartSchema);
    },
    async listParts(url, { signal }) {
      const parts: Part[] = [];
      for (;;) {
        const query = { offset: String(parts.length), limit: '1000' };
        const answer = await sendInSession({ operation: 'list the uploaded parts', method: 'GET', url, query, expect: [200], signal });
        const { entries, total_count: total } = answer.json(partPageSchema);
        parts.push(...entries);
        if (entries.length === 0 || parts.length >= total) return parts;
      }
    },
    commit: (url, { target, parts, digest, fields, signal }) =>
      sendInSession({
        operation: 'finish an upload',
        method: 'POST',
        url,
        query: { fields },
        headers: { digest: `sha=${digest}`, ...ifMatch(target) },
        body: jsonBody({ parts }),
        expect: [201, ...refusals],
        retry: commitRetry,
        signal,
      }),
    async abort(url, { signal }) {
      await sendInSession({ operation: 'give up an upload', method: 'DELETE', url, expect: [204], signal });
    },
  };
}

function ifMatch(target: UploadTarget): Readonly<Record<string, string>> {
  return target.kind === 'version' && target.etag !== undefined ? { 'if-match': target.etag } : {};
}
