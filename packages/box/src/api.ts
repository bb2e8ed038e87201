import {
  bytesBody,
  type CallOptions,
  type DestinationAnswer,
  type DestinationRequest,
  type DestinationRequester,
  type DownloadAnswer,
  jsonBody,
  type OpenOptions,
} from '@spotdraft-archive/core/destination';
import { metadataGone } from './errors.ts';
import {
  type BoxFile,
  fileSchema,
  folderSchema,
  type Instance,
  instanceSchema,
  itemPageSchema,
  queryResultSchema,
  type Template,
  templateSchema,
  userSchema,
} from './wire-types.ts';

export interface BoxApiOptions {
  readonly requester: DestinationRequester;
  readonly baseUrl: URL;
  /** Headers that go with every request. */
  readonly headers: Readonly<Record<string, string>>;
}

/** A metadata template, as it stands in addresses. */
export interface TemplateAddress {
  readonly scope: string;
  readonly templateKey: string;
}

/** Which of a file's metadata comes along: `metadata.<scope>.<template>`. */
export interface FileView extends CallOptions {
  readonly metadataField: string;
}

export interface NamedIn {
  readonly name: string;
  readonly parentId: string;
}

export interface FolderPage {
  readonly entries: readonly { readonly type: string; readonly id: string; readonly name?: string | undefined }[];
  readonly nextMarker: string | undefined;
}

/** `undefined` stands for an item, instance or template that is not there. Every other failure throws. */
export interface BoxApi {
  currentUser(options: CallOptions): Promise<{ readonly id: string; readonly maxUploadBytes: number | undefined }>;
  readFolder(id: string, options: CallOptions): Promise<{ readonly canUpload: boolean; readonly canDownload: boolean } | undefined>;
  listFolder(id: string, options: CallOptions & { readonly marker: string | undefined }): Promise<FolderPage | undefined>;
  /** 201, 404, or 409 `item_name_in_use`. */
  createFolder(folder: NamedIn, options: CallOptions): Promise<DestinationAnswer>;
  removeFolder(id: string, options: CallOptions): Promise<void>;
  readFile(id: string, view: FileView): Promise<BoxFile | undefined>;
  removeFile(file: Pick<BoxFile, 'id' | 'etag'>, options: CallOptions): Promise<void>;
  shareFile(id: string, access: string, view: FileView): Promise<BoxFile>;
  /** 200, 404, or 409 `item_name_in_use`. */
  checkUpload(file: NamedIn, options: CallOptions): Promise<DestinationAnswer>;
  download(id: string, options: OpenOptions): Promise<DownloadAnswer>;
  findFiles(query: FileQuery, view: FileView): Promise<readonly BoxFile[]>;
  readTemplate(templateKey: string, options: CallOptions): Promise<Template | undefined>;
  /** 201, 403, or 409 when it is there already. */
  createTemplate(template: object, options: CallOptions): Promise<DestinationAnswer>;
  readInstance(fileId: string, template: TemplateAddress, options: CallOptions): Promise<Instance | undefined>;
  /** `undefined` when the file carries one already. */
  createInstance(fileId: string, template: TemplateAddress, change: InstanceChange): Promise<Instance | undefined>;
  patchInstance(fileId: string, template: TemplateAddress, change: InstanceChange): Promise<Instance>;
}

export interface FileQuery extends TemplateAddress {
  readonly field: string;
  readonly value: string;
  readonly ancestorFolderId: string;
}

export interface InstanceChange extends CallOptions {
  /** The values, or the operations of a patch. */
  readonly body: unknown;
}

const fileFields = 'id,type,etag,name,size,sha1,file_version,parent,path_collection,shared_link';
const trashedReason = /^(not_found|trashed)$/;
const noFile = { status: 404, reason: trashedReason };

/** The fields asked for whenever a file is answered. */
export function fieldsOf(view: Pick<FileView, 'metadataField'>): string {
  return `${fileFields},${view.metadataField}`;
}

function instancePath(fileId: string, { scope, templateKey }: TemplateAddress): string {
  return `files/${encodeURIComponent(fileId)}/metadata/${encodeURIComponent(scope)}/${encodeURIComponent(templateKey)}`;
}

/** The endpoints used, one method each. No decisions are made here. */
export function createBoxApi({ requester, baseUrl, headers }: BoxApiOptions): BoxApi {
  const urlOf = (path: string) => new URL(`2.0/${path}`, baseUrl);
  const send = (path: string, request: Omit<DestinationRequest, 'url' | 'repeat'>) =>
    requester.request({ ...request, headers: { ...headers, ...request.headers }, url: urlOf(path), repeat: 'safe' });
  const get = (path: string, request: Omit<DestinationRequest, 'url' | 'repeat' | 'method'>) => send(path, { ...request, method: 'GET' });

  return {
    async currentUser({ signal }) {
      const query = { fields: 'id,max_upload_size' };
      const answer = await get('users/me', { operation: 'read the account', query, expect: [200], signal });
      const { id, max_upload_size: maxUploadBytes } = answer.json(userSchema);
      return { id, maxUploadBytes: maxUploadBytes ?? undefined };
    },
    async readFolder(id, { signal }) {
      const query = { fields: 'id,name,permissions' };
      const answer = await get(`folders/${id}`, { operation: 'read the folder', query, expect: [200, noFile], signal });
      if (answer.status === 404) return undefined;
      const { permissions } = answer.json(folderSchema);
      return { canUpload: permissions?.can_upload ?? true, canDownload: permissions?.can_download ?? true };
    },
    async listFolder(id, { marker, signal }) {
      const query = { fields: 'id,type,name', limit: '1000', usemarker: 'true', marker };
      const answer = await get(`folders/${id}/items`, { operation: 'list the folder', query, expect: [200, noFile], signal });
      if (answer.status === 404) return undefined;
      const { entries, next_marker: nextMarker } = answer.json(itemPageSchema);
      return { entries, nextMarker: nextMarker || undefined };
    },
    createFolder: ({ name, parentId }, { signal }) =>
      send('folders', {
        operation: 'create a folder',
        method: 'POST',
        query: { fields: 'id,type,name' },
        body: jsonBody({ name, parent: { id: parentId } }),
        expect: [201, noFile, { status: 409, reason: 'item_name_in_use' }],
        signal,
      }),
    async removeFolder(id, { signal }) {
      await send(`folders/${id}`, { operation: 'remove a folder', method: 'DELETE', expect: [204, noFile], signal });
    },
    async readFile(id, view) {
      const query = { fields: fieldsOf(view) };
      const answer = await get(`files/${encodeURIComponent(id)}`, {
        operation: 'look at a file',
        query,
        expect: [200, noFile],
        signal: view.signal,
      });
      return answer.status === 404 ? undefined : answer.json(fileSchema);
    },
    async removeFile({ id, etag }, { signal }) {
      const condition = etag ? { headers: { 'if-match': etag } } : {};
      await send(`files/${id}`, { operation: 'remove a file', method: 'DELETE', ...condition, expect: [204, noFile], signal });
    },
    async shareFile(id, access, view) {
      const answer = await send(`files/${id}`, {
        operation: 'share a file',
        method: 'PUT',
        query: { fields: fieldsOf(view) },
        // Without `access` Box takes the administrator's default, which may be open to everybody.
        // https://developer.box.com/reference/put-files-id--add-shared-link/
        body: jsonBody({ shared_link: { access } }),
        expect: [200],
        signal: view.signal,
      });
      return answer.json(fileSchema);
    },
    checkUpload: ({ name, parentId }, { signal }) =>
      send('files/content', {
        operation: 'look at a path',
        method: 'OPTIONS',
        body: jsonBody({ name, parent: { id: parentId } }),
        expect: [200, noFile, { status: 409, reason: 'item_name_in_use' }],
        signal,
      }),
    download: (id, { offset = 0, signal }) =>
      requester.download({
        operation: 'read a copy',
        url: urlOf(`files/${encodeURIComponent(id)}/content`),
        headers: offset === 0 ? headers : { ...headers, range: `bytes=${offset}-` },
        expect: [offset === 0 ? 200 : 206],
        signal,
      }),
    async findFiles({ scope, templateKey, field, value, ancestorFolderId }, view) {
      const body = jsonBody({
        from: `${scope}.${templateKey}`,
        query: `${field} = :wanted`,
        query_params: { wanted: value },
        ancestor_folder_id: ancestorFolderId,
        fields: fieldsOf(view).split(','),
        limit: 100,
      });
      const { signal } = view;
      const answer = await send('metadata_queries/execute_read', {
        operation: 'find a key',
        method: 'POST',
        body,
        expect: [200, 404],
        signal,
      });
      if (answer.status === 404) throw metadataGone();
      return answer.json(queryResultSchema).entries.filter((entry) => entry.type === 'file');
    },
    async readTemplate(templateKey, { signal }) {
      const path = `metadata_templates/enterprise/${templateKey}/schema`;
      const answer = await get(path, { operation: 'read the metadata template', expect: [200, 404], signal });
      return answer.status === 404 ? undefined : answer.json(templateSchema);
    },
    createTemplate: (template, { signal }) =>
      send('metadata_templates/schema', {
        operation: 'create the metadata template',
        method: 'POST',
        body: jsonBody(template),
        expect: [201, 403, 409],
        signal,
      }),
    async readInstance(fileId, template, { signal }) {
      const answer = await get(instancePath(fileId, template), { operation: 'read the metadata of a file', expect: [200, 404], signal });
      return answer.status === 404 ? undefined : answer.json(instanceSchema);
    },
    async createInstance(fileId, template, { body, signal }) {
      const answer = await send(instancePath(fileId, template), {
        operation: 'write the metadata of a file',
        method: 'POST',
        body: jsonBody(body),
        expect: [201, 404, { status: 409, reason: 'tuple_already_exists' }],
        signal,
      });
      if (answer.status === 404) throw metadataGone();
      return answer.status === 409 ? undefined : answer.json(instanceSchema);
    },
    async patchInstance(fileId, template, { body, signal }) {
      const answer = await send(instancePath(fileId, template), {
        operation: 'change the metadata of a file',
        method: 'PUT',
        body: bytesBody(new TextEncoder().encode(JSON.stringify(body)), 'application/json-patch+json'),
        expect: [200],
        signal,
      });
      return answer.json(instanceSchema);
    },
  };
}
