import { type ByteStream, readSmallBody } from '../../emulator/index.ts';
import { DriveError, invalid } from '../drive-error.ts';
import { parseJson, readMultipartRelated } from '../multipart-related.ts';
import type { DriveItem } from '../state/drive-item.ts';
import { IncomingContent } from '../state/receive-content.ts';
import { type ApiContext, type ApiRequest, type ApiRouter, fileAnswer, visibleItem } from './api-context.ts';
import { applyMetadata, checkChange, checkNewFile, checkStorage, createItem, type FileMetadata, parseMetadata } from './file-metadata.ts';

/** https://developers.google.com/workspace/drive/api/guides/manage-uploads */
export function addUploadRoutes(router: ApiRouter): void {
  router.on('POST', '/upload/drive/v3/files', (request) => upload(request, undefined));
  router.on('PATCH', '/upload/drive/v3/files/:id', (request) => upload(request, visibleItem(request.params.id ?? '', request)));
}

async function upload(request: ApiRequest, item: DriveItem | undefined): Promise<Response> {
  switch (request.url.searchParams.get('uploadType')) {
    case 'media':
      return receive(request, item, { metadata: {}, mediaType: mediaTypeOf(request), media: bodyOf(request) });
    case 'multipart': {
      const { metadata, mediaType, media } = await readMultipartRelated(bodyOf(request), request.request.headers.get('content-type') ?? '');
      return receive(request, item, { metadata: parseMetadata(metadata, request.context), mediaType, media });
    }
    case 'resumable':
      return begin(request, item);
    default:
      throw invalid('Invalid upload type.');
  }
}

interface Received {
  readonly metadata: FileMetadata;
  readonly mediaType: string;
  readonly media: ByteStream;
}

async function receive(request: ApiRequest, item: DriveItem | undefined, { metadata, mediaType, media }: Received): Promise<Response> {
  const { context } = request;
  if (item) checkChange(item, metadata, { context, hasMedia: true });
  else checkNewFile(metadata, request);
  const content = new IncomingContent();
  try {
    await content.receive(media, 1);
    return fileAnswer(commitContent(content, { item, metadata, mediaType, url: request.url, context }), request);
  } catch (error) {
    await content.bytes.remove();
    throw error;
  }
}

export interface Commit {
  readonly item: DriveItem | undefined;
  readonly metadata: FileMetadata;
  readonly mediaType: string;
  readonly url: URL;
  readonly context: ApiContext;
}

/** Makes the file or its new revision in one step. Everything is checked again: time has passed since the upload began. */
export function commitContent(content: IncomingContent, { item, metadata, mediaType, url, context }: Commit): DriveItem {
  const keepForever = url.searchParams.get('keepRevisionForever') === 'true';
  const parent = item ?? checkNewFile(metadata, { url, context });
  checkStorage(parent, content.size, context);
  const target = item ?? createItem(metadata, { parent, mediaType, context });
  if (item) {
    checkChange(item, metadata, { context, hasMedia: true });
    applyMetadata(item, metadata, context);
    item.mimeType = metadata.mimeType ?? mediaType;
  }
  if (keepForever && target.revisions.filter((revision) => revision.keepForever).length >= 200) {
    throw new DriveError(403, 'revisionLimitExceeded', 'The file has too many revisions that are kept forever.');
  }
  context.state.addRevision(target, content, { keepForever });
  return target;
}

async function begin(request: ApiRequest, item: DriveItem | undefined): Promise<Response> {
  const { url, context } = request;
  const { headers } = request.request;
  const metadata = parseMetadata(parseJson(new TextDecoder().decode(await readSmallBody(request.request.body))), context);
  if (item) checkChange(item, metadata, { context, hasMedia: true });
  else if (context.behaviour.usedIdRefusedAt === 'start') checkNewFile(metadata, request);
  else checkNewFile({ ...metadata, id: undefined }, request);
  const announcedSize = headers.has('x-upload-content-length') ? Number(headers.get('x-upload-content-length')) : undefined;
  const parent = item ?? visibleItem(metadata.parents?.[0] ?? 'root', request);
  checkStorage(parent, announcedSize ?? 0, context);
  const mediaType = headers.get('x-upload-content-type') ?? 'application/octet-stream';
  const session = context.sessions.begin({ fileId: item?.id, metadata, mediaType, announcedSize, url, context });
  const location = new URL(`/upload/drive/v3/files?uploadType=resumable&upload_id=${session.id}`, context.apiUrl);
  return new Response(null, { headers: { location: location.href, 'x-guploader-uploadid': session.id } });
}

function bodyOf({ request }: ApiRequest): ByteStream {
  return (request.body ?? new Blob([]).stream()) as ByteStream;
}

function mediaTypeOf({ request }: ApiRequest): string {
  return request.headers.get('content-type') ?? 'application/octet-stream';
}
