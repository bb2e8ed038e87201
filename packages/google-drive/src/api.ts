import {
  bytesBody,
  type CallOptions,
  type DestinationRequester,
  type DownloadAnswer,
  jsonBody,
  multipartRelated,
  type OpenableDocument,
  type OpenOptions,
  type Secret,
  secret,
} from '@spotdraft-archive/core/destination';
import {
  type About,
  aboutSchema,
  type DriveFile,
  type FileMetadata,
  fileFields,
  fileSchema,
  folderMimeType,
  idsSchema,
  listSchema,
} from './wire-types.ts';

export interface ListQuery extends CallOptions {
  readonly query: string;
  /** Searches this shared drive; without it, what the account owns or was given. */
  readonly driveId: string | undefined;
  readonly orderBy?: string | undefined;
}

export interface ContentOptions extends CallOptions {
  readonly metadata: FileMetadata;
  /** The file that gets a new revision; without it a file is made. */
  readonly replacedId: string | undefined;
  readonly keepRevisionForever: boolean;
}

/** Where a resumable upload stands. `id-in-use`: the pre-made id belongs to a file already. `gone`: the session ended. */
export type SessionAnswer = { readonly received: number } | { readonly file: DriveFile } | 'id-in-use' | 'gone';

export interface DriveApi {
  generateIds(count: number, options: CallOptions): Promise<string[]>;
  /** `undefined` when there is no such file, or none that the account may see. */
  getFile(id: string, options: CallOptions): Promise<DriveFile | undefined>;
  /** The first thousand that fit, however many pages Drive makes of them: an empty page does not mean that there are none. */
  listFiles(query: ListQuery): Promise<DriveFile[]>;
  /** `undefined` when the id is in use already. */
  createFolder(metadata: FileMetadata, options: CallOptions): Promise<DriveFile | undefined>;
  changeFile(id: string, metadata: FileMetadata, options: CallOptions): Promise<DriveFile>;
  /** Sends metadata and bytes in one request. `undefined` when the id is in use already. */
  sendContent(document: OpenableDocument, options: ContentOptions): Promise<DriveFile | undefined>;
  /** Opens an upload session and answers its address. `undefined` when the id is in use already. */
  beginUpload(document: OpenableDocument, options: ContentOptions): Promise<Secret<string> | undefined>;
  /** Sends bytes into a session, or none to ask how far it is. */
  callSession(
    session: Secret<string>,
    piece: { readonly contentRange: string; readonly bytes: Uint8Array } & CallOptions,
  ): Promise<SessionAnswer>;
  download(id: string, options: OpenOptions): Promise<DownloadAnswer>;
  about(options: CallOptions): Promise<About>;
}

/** As many as one page can hold. https://developers.google.com/workspace/drive/api/reference/rest/v3/files/list */
const longestList = 1000;

/** The endpoints of the Drive API that an archive needs. https://developers.google.com/workspace/drive/api/reference/rest/v3 */
export function createDriveApi(requester: DestinationRequester, base: URL): DriveApi {
  const filesUrl = new URL('drive/v3/files', base);
  const uploadUrl = new URL('upload/drive/v3/files', base);
  const fileUrl = (id: string) => new URL(`${filesUrl.href}/${encodeURIComponent(id)}`);
  const query = { supportsAllDrives: 'true', fields: fileFields };

  // A domain may share new files with everybody in it by default; an archive must not. https://developers.google.com/workspace/drive/api/reference/rest/v3/files/create
  const creating = { ...query, ignoreDefaultVisibility: 'true' };

  function uploadRequest({ replacedId, keepRevisionForever }: ContentOptions, uploadType: 'multipart' | 'resumable') {
    const isCreate = replacedId === undefined;
    return {
      method: isCreate ? ('POST' as const) : ('PATCH' as const),
      url: isCreate ? uploadUrl : new URL(`${uploadUrl.href}/${encodeURIComponent(replacedId)}`),
      query: { ...(isCreate ? creating : query), uploadType, keepRevisionForever: keepRevisionForever ? 'true' : undefined },
      expect: isCreate ? [200, 409] : [200],
      // A second create with the same id is refused, and a second revision with the same bytes does no harm.
      repeat: 'safe' as const,
    };
  }

  return {
    async generateIds(count, { signal }) {
      const url = new URL(`${filesUrl.href}/generateIds`);
      const answer = await requester.request({
        operation: 'get new file ids',
        method: 'GET',
        url,
        query: { count: String(count), fields: 'ids' },
        expect: [200],
        repeat: 'safe',
        signal,
      });
      return answer.json(idsSchema).ids;
    },

    async getFile(id, { signal }) {
      const answer = await requester.request({
        operation: 'look at a file',
        method: 'GET',
        url: fileUrl(id),
        query: { ...query, fields: `${fileFields},capabilities/canAddChildren` },
        expect: [200, 404],
        repeat: 'safe',
        signal,
      });
      return answer.status === 404 ? undefined : answer.json(fileSchema);
    },

    async listFiles({ query: q, driveId, orderBy, signal }) {
      const corpus = driveId === undefined ? { corpora: 'user' } : { corpora: 'drive', driveId };
      const files: DriveFile[] = [];
      let pageToken: string | undefined;
      do {
        const answer = await requester.request({
          operation: 'search for files',
          method: 'GET',
          url: filesUrl,
          query: {
            ...corpus,
            q,
            orderBy,
            pageSize: String(longestList),
            pageToken,
            supportsAllDrives: 'true',
            includeItemsFromAllDrives: 'true',
            fields: `nextPageToken,files(${fileFields})`,
          },
          expect: [200],
          repeat: 'safe',
          signal,
        });
        const page = answer.json(listSchema);
        files.push(...page.files);
        pageToken = page.nextPageToken;
      } while (pageToken !== undefined && files.length < longestList);
      return files;
    },

    async createFolder(metadata, { signal }) {
      const answer = await requester.request({
        operation: 'make a folder',
        method: 'POST',
        url: filesUrl,
        query: creating,
        body: jsonBody({ ...metadata, mimeType: folderMimeType }),
        expect: [200, 409],
        repeat: 'safe',
        signal,
      });
      return answer.status === 409 ? undefined : answer.json(fileSchema);
    },

    async changeFile(id, metadata, { signal }) {
      const answer = await requester.request({
        operation: 'change a file',
        method: 'PATCH',
        url: fileUrl(id),
        query,
        body: jsonBody(metadata),
        expect: [200],
        repeat: 'safe',
        signal,
      });
      return answer.json(fileSchema);
    },

    async sendContent(document, options) {
      const { metadata, signal } = options;
      const answer = await requester.request({
        operation: 'store the document',
        ...uploadRequest(options, 'multipart'),
        body: multipartRelated({ metadata, document }),
        signal,
      });
      return answer.status === 409 ? undefined : answer.json(fileSchema);
    },

    async beginUpload(document, options) {
      const { metadata, signal } = options;
      const answer = await requester.request({
        operation: 'begin the upload',
        ...uploadRequest(options, 'resumable'),
        headers: {
          'x-upload-content-type': document.mediaType ?? 'application/octet-stream',
          'x-upload-content-length': String(document.size),
        },
        body: jsonBody(metadata),
        signal,
      });
      return answer.status === 409 ? undefined : secret(answer.headers.get('location') ?? '');
    },

    async callSession(session, { contentRange, bytes, signal }) {
      const answer = await requester.request({
        operation: 'upload a piece',
        method: 'PUT',
        url: session,
        // The address of a session is a credential itself: it gets no token.
        auth: false,
        headers: { 'content-range': contentRange },
        body: bytesBody(bytes),
        expect: [200, 201, 308, 404, 409, 410],
        repeat: 'never',
        signal,
      });
      if (answer.status === 308) return { received: receivedBytes(answer.headers) };
      if (answer.status === 409) return 'id-in-use';
      return answer.status >= 400 ? 'gone' : { file: answer.json(fileSchema) };
    },

    download(id, { offset = 0, signal }) {
      return requester.download({
        operation: 'read the copy',
        url: fileUrl(id),
        query: { alt: 'media', supportsAllDrives: 'true' },
        headers: offset === 0 ? {} : { range: `bytes=${offset}-` },
        expect: [offset === 0 ? 200 : 206],
        signal,
      });
    },

    async about({ signal }) {
      const answer = await requester.request({
        operation: 'look at the account',
        method: 'GET',
        url: new URL('drive/v3/about', base),
        query: { fields: 'user(emailAddress),storageQuota(limit,usage)' },
        expect: [200],
        repeat: 'safe',
        signal,
      });
      return answer.json(aboutSchema);
    },
  };
}

/** Without a `Range` Drive has nothing yet. https://developers.google.com/workspace/drive/api/guides/manage-uploads#resume-upload */
function receivedBytes(headers: Headers): number {
  const last = /^bytes=0-(\d+)$/.exec(headers.get('range') ?? '')?.[1];
  return last === undefined ? 0 : Number(last) + 1;
}
