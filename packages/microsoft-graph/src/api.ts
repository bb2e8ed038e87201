import {
  bytesBody,
  type DestinationAnswer,
  type DestinationRequester,
  type DocumentToStore,
  documentBody,
  jsonBody,
  type OpenableDocument,
  type Piece,
  type Secret,
  secret,
} from '@spotdraft-archive/core/destination';
import { z } from 'zod';
import { type DriveItem, driveItemSchema, selectedProperties } from './drive-item.ts';

export type ConflictBehavior = 'fail' | 'replace';

export interface Call {
  readonly signal?: AbortSignal | undefined;
}

export interface WriteCall extends Call {
  /** Always sent: what happens without it differs between the ways of uploading. */
  readonly conflictBehavior: ConflictBehavior;
  /** The eTag that the item must still have. */
  readonly ifMatch?: string | undefined;
}

/** How a write went: it made or changed an item, or was refused for what lies there. */
export type WriteAnswer<Result> = { readonly result: Result } | { readonly refusal: 'taken' | 'changed' | 'no-parent' };

export interface OpenedSession {
  /** Whoever has it can write the file, until it expires. */
  readonly uploadUrl: Secret<string>;
  readonly expiresAt: string | undefined;
}

/** Where a session stands: bytes received from the start, the finished item, or why there is none. */
export type SessionAnswer = { readonly received: number } | { readonly item: DriveItem } | { readonly refusal: 'taken' | 'gone' };

const sessionSchema = z.object({ uploadUrl: z.string().min(1), expirationDateTime: z.string().optional() });
const progressSchema = z.object({ nextExpectedRanges: z.array(z.string()).min(1) });

const taken = { status: 409, reason: 'nameAlreadyExists' } as const;
const absent = { status: 404, reason: 'itemNotFound' } as const;

/** The endpoints of a drive. Addresses are those of `addressOfPath` and `addressOfId`. */
export interface DriveApi {
  readonly requester: DestinationRequester;
  readonly urlOf: (address: string) => URL;
  /** `undefined`: absent. */
  item(address: string, call: Call & { readonly expand?: string | undefined }): Promise<DriveItem | undefined>;
  putContent(address: string, document: OpenableDocument, call: WriteCall): Promise<WriteAnswer<DriveItem>>;
  openSession(address: string, call: WriteCall): Promise<WriteAnswer<OpenedSession>>;
  sendRange(uploadUrl: Secret<string>, piece: Piece, call: Call & Pick<DocumentToStore, 'size'>): Promise<SessionAnswer>;
  /** `gone`: the session ended, was deleted or is not visible yet. */
  sessionStatus(uploadUrl: Secret<string>, call: Call): Promise<SessionAnswer>;
  /** Frees the name. Safe to repeat. */
  deleteSession(uploadUrl: Secret<string>, call: Call): Promise<void>;
  /** An existing folder is as good as a new one. */
  createFolder(parentAddress: string, name: string, call: Call): Promise<void>;
  /** Puts an item into the recycle bin unless it was changed since. */
  deleteItem(address: string, call: Call & { readonly ifMatch?: string | undefined }): Promise<void>;
  content(address: string, call: Call & { readonly offset: number }): Promise<ReadableStream<Uint8Array>>;
}

export function createDriveApi(requester: DestinationRequester, graph: URL): DriveApi {
  const urlOf = (address: string) => new URL(`v1.0/${address}`, graph);
  return {
    requester,
    urlOf,
    async item(address, { expand, signal }) {
      const answer = await requester.request({
        operation: 'look at the item',
        method: 'GET',
        url: urlOf(address),
        query: { $select: selectedProperties, $expand: expand },
        expect: [200, absent],
        repeat: 'safe',
        signal,
      });
      return answer.status === 404 ? undefined : answer.json(driveItemSchema);
    },
    async putContent(address, document, { conflictBehavior, ifMatch, signal }) {
      const answer = await requester.request({
        operation: 'store the document',
        method: 'PUT',
        url: urlOf(`${address}/content`),
        query: { '@microsoft.graph.conflictBehavior': conflictBehavior },
        headers: matching(ifMatch),
        body: documentBody(document),
        expect: [200, 201, taken, absent, 412],
        // After a lost reply the repetition is refused for the file that lies there now, and the caller recognises it.
        repeat: 'safe',
        signal,
      });
      return writeAnswer(answer, () => answer.json(driveItemSchema));
    },
    async openSession(address, { conflictBehavior, ifMatch, signal }) {
      const answer = await requester.request({
        operation: 'begin the upload',
        method: 'POST',
        url: urlOf(`${address}/createUploadSession`),
        headers: matching(ifMatch),
        body: jsonBody({ item: { '@microsoft.graph.conflictBehavior': conflictBehavior } }),
        expect: [200, taken, absent, 412],
        // A session reserves the name, and one whose address was lost cannot be ended: no second one is asked for in doubt.
        // https://github.com/OneDrive/onedrive-api-docs/issues/747
        repeat: 'after-refusal',
        signal,
      });
      return writeAnswer(answer, () => {
        const { uploadUrl, expirationDateTime } = answer.json(sessionSchema);
        return { uploadUrl: secret(uploadUrl), expiresAt: expirationDateTime };
      });
    },
    async sendRange(url, { offset, bytes }, { size, signal }) {
      const answer = await requester.request({
        operation: 'upload a piece',
        method: 'PUT',
        url,
        auth: false,
        headers: { 'content-range': `bytes ${offset}-${offset + bytes.byteLength - 1}/${size}` },
        body: bytesBody(bytes),
        expect: [200, 201, 202, taken, 404],
        repeat: 'never',
        signal,
      });
      return sessionAnswer(answer);
    },
    async sessionStatus(url, { signal }) {
      const operation = 'look at the upload';
      return sessionAnswer(
        await requester.request({ operation, method: 'GET', url, auth: false, expect: [200, 404], repeat: 'never', signal }),
      );
    },
    async deleteSession(url, { signal }) {
      const operation = 'end the upload';
      await requester.request({ operation, method: 'DELETE', url, auth: false, expect: [204, 404, 410], repeat: 'safe', signal });
    },
    async createFolder(parentAddress, name, { signal }) {
      await requester.request({
        operation: 'create a folder',
        method: 'POST',
        url: urlOf(`${parentAddress}/children`),
        body: jsonBody({ name, folder: {}, '@microsoft.graph.conflictBehavior': 'fail' }),
        expect: [201, taken],
        repeat: 'safe',
        signal,
      });
    },
    async deleteItem(address, { ifMatch, signal }) {
      await requester.request({
        operation: 'remove the unfinished copy',
        method: 'DELETE',
        url: urlOf(address),
        headers: matching(ifMatch),
        expect: [204, 404, 412],
        repeat: 'safe',
        signal,
      });
    },
    async content(address, { offset, signal }) {
      const { body } = await requester.download({
        operation: 'read the copy',
        url: urlOf(`${address}/content`),
        headers: offset === 0 ? {} : { range: `bytes=${offset}-` },
        expect: [offset === 0 ? 200 : 206],
        signal,
      });
      return body;
    },
  };
}

function matching(eTag: string | undefined): Record<string, string> {
  return eTag === undefined ? {} : { 'if-match': eTag };
}

function writeAnswer<Result>({ status }: DestinationAnswer, read: () => Result): WriteAnswer<Result> {
  switch (status) {
    case 404:
      return { refusal: 'no-parent' };
    case 409:
      return { refusal: 'taken' };
    case 412:
      return { refusal: 'changed' };
    default:
      return { result: read() };
  }
}

function sessionAnswer(answer: DestinationAnswer): SessionAnswer {
  if (answer.status === 404) return { refusal: 'gone' };
  if (answer.status === 409) return { refusal: 'taken' };
  const finished = answer.status === 202 ? undefined : answer.json(z.union([progressSchema, driveItemSchema]));
  if (finished !== undefined && 'id' in finished) return { item: finished };
  const { nextExpectedRanges } = finished ?? answer.json(progressSchema);
  // The end of the range is no piece size: Graph says from where, and takes as much as one likes.
  return { received: Number(nextExpectedRanges[0]?.split('-')[0]) };
}
