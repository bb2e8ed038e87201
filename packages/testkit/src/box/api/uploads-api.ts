import { type ByteStream, readSmallBody } from '../../emulator/body-streams.ts';
import type { Router } from '../../emulator/router.ts';
import type { BoxFile } from '../box-item.ts';
import { keptName } from '../box-names.ts';
import { BoxRefusal } from '../box-refusal.ts';
import { readMultipart } from '../read-multipart.ts';
import { type ReceivedContent, receiveContent } from '../receive-content.ts';
import { representItem } from '../represent-item.ts';
import { type BoxCall, checkIfMatch, fileFor, folderFor, parseObject, readJson, textIn } from './box-call.ts';
import { checkNameIsFree, reserveName } from './name-conflict.ts';

/** Uploads in one request, and the check before one. */
export function addUploadRoutes(router: Router<BoxCall>): void {
  router
    // rclone asks with a slash at the end, and Box answers.
    .on('OPTIONS', /\/files\/content\/?/, async ({ request, context: call }) => {
      const body = await readJson(request, call);
      const parent = folderFor(call, textIn(body['parent'], 'id'), 'upload');
      const name = keptName(textIn(body, 'name'), call.behaviour);
      if (typeof body['size'] === 'number') call.enterprise.checkQuota(body['size']);
      checkNameIsFree(call, { parentId: parent.id, name });
      return Response.json({ upload_url: `${call.context.urls.upload}/api/2.0/files/content`, upload_token: '' });
    })
    .on('POST', '/files/content', async ({ request, url, context: call }) => {
      call.enterprise.accounts.countUpload(call.userId);
      const { target, received } = await readUpload(request, call, (attributes) => {
        const parent = folderFor(call, textIn(attributes['parent'], 'id'), 'upload');
        const named = { parentId: parent.id, name: keptName(textIn(attributes, 'name'), call.behaviour) };
        checkNameIsFree(call, named);
        return { ...named, release: reserveName(call, named) };
      });
      target.release();
      const isStillThere = call.enterprise.folders.has(target.parentId);
      if (!isStillThere) throw new BoxRefusal(404, 'not_found');
      checkNameIsFree(call, target);
      return answerFile(call.enterprise.createFile({ ...target, ...received }), { call, url, status: 201 });
    })
    .on('POST', '/files/:id/content', async ({ params, request, url, context: call }) => {
      call.enterprise.accounts.countUpload(call.userId);
      const { target, received } = await readUpload(request, call, (attributes) => {
        const file = fileFor(call, params['id'] ?? '', 'edit');
        if (file.isLocked) throw new BoxRefusal(403, 'access_denied_item_locked');
        return { file, name: keptName(textIn(attributes, 'name'), call.behaviour), release: () => undefined };
      });
      const { file, name } = target;
      checkIfMatch(request, file);
      if (call.enterprise.childOf(file.parentId, name) !== file) checkNameIsFree(call, { parentId: file.parentId, name });
      call.enterprise.addVersion(file, received);
      file.name = name;
      return answerFile(file, { call, url, status: 201 });
    });
}

export function answerFile(file: BoxFile, { call, url, status }: { call: BoxCall; url: URL; status: number }): Response {
  const entry = representItem(file, call, url.searchParams.get('fields'));
  return Response.json({ total_count: 1, entries: [entry] }, { status });
}

interface Target {
  readonly release: () => void;
}

interface Upload<Chosen extends Target> {
  readonly target: Chosen;
  readonly received: ReceivedContent;
}

/** Reads both parts of the form. The target is chosen by the first, before the bytes are read. */
async function readUpload<Chosen extends Target>(
  request: Request,
  { noteBody }: BoxCall,
  choose: (attributes: Readonly<Record<string, unknown>>) => Chosen,
): Promise<Upload<Chosen>> {
  const boundary = /boundary="?([^";]+)"?/i.exec(request.headers.get('content-type') ?? '')?.[1];
  if (boundary === undefined || request.body === null) throw new BoxRefusal(400, 'bad_request');
  let target: Chosen | undefined;
  let received: ReceivedContent | undefined;
  try {
    for await (const part of readMultipart(request.body as ByteStream, boundary)) {
      if (part.name === 'attributes') {
        if (received !== undefined) throw new BoxRefusal(400, 'metadata_after_file_contents');
        const attributes = parseObject(new TextDecoder().decode(await readSmallBody(part.bytes)));
        noteBody({ attributes, file: '' });
        target = choose(attributes);
      } else if (part.name === 'file' || target !== undefined) {
        if (target === undefined) throw new BoxRefusal(400, 'metadata_after_file_contents');
        received = await receiveContent(part.bytes);
      }
    }
    if (target === undefined || received === undefined) throw new BoxRefusal(400, 'bad_request');
    checkDigest(request, received);
    return { target, received };
  } catch (error) {
    target?.release();
    await received?.content.remove();
    throw error;
  }
}

/** The header is called after MD5 and holds a SHA-1. https://developer.box.com/guides/uploads/check/ */
function checkDigest(request: Request, { sha1 }: ReceivedContent): void {
  const declared = request.headers.get('content-md5');
  if (declared !== null && declared.toLowerCase() !== sha1) throw new BoxRefusal(400, 'bad_digest');
}
