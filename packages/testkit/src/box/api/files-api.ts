import type { Router } from '../../emulator/router.ts';
import type { BoxFile } from '../box-item.ts';
import { keptName } from '../box-names.ts';
import { BoxRefusal } from '../box-refusal.ts';
import { representItem } from '../represent-item.ts';
import { type BoxCall, checkAccess, checkIfMatch, fileFor, folderFor, readJson } from './box-call.ts';
import { checkNameIsFree } from './name-conflict.ts';

export function addFileRoutes(router: Router<BoxCall>): void {
  router
    .on('GET', '/files/:id', ({ params, url, context: call }) => {
      const file = fileFor(call, params['id'] ?? '', 'see');
      return Response.json(representItem(file, call, url.searchParams.get('fields')));
    })
    .on('PUT', '/files/:id', async ({ params, request, url, context: call }) => {
      const body = await readJson(request, call);
      const file = fileFor(call, params['id'] ?? '', 'see');
      checkIfMatch(request, file);
      changeFile(file, body, call);
      return Response.json(representItem(file, call, url.searchParams.get('fields')));
    })
    .on('DELETE', '/files/:id', ({ params, request, context: call }) => {
      const file = fileFor(call, params['id'] ?? '', 'delete');
      checkIfMatch(request, file);
      if (file.isLocked) throw new BoxRefusal(403, 'access_denied_item_locked');
      call.enterprise.trashFile(file.id);
      return new Response(null, { status: 204 });
    })
    .on('GET', '/files/:id/content', ({ params, context: call }) => {
      const file = fileFor(call, params['id'] ?? '', 'download');
      // The address is a grant of its own: whoever has it needs no token.
      const location = `${call.context.urls.download}/d/1/${file.id}-${file.versionId}/download`;
      return new Response(null, { status: 302, headers: { location } });
    });
}

/** Serves the bytes behind a redirect. */
export function addDownloadRoutes(router: Router<BoxCall>): void {
  router.on('GET', '/d/1/:grant/download', ({ params, request, context: { enterprise } }) => {
    const [fileId = '', versionId] = (params['grant'] ?? '').split('-');
    const file = enterprise.files.get(fileId);
    if (file === undefined || file.versionId !== versionId) return new Response('Not found', { status: 404 });
    return download(file, request.headers.get('range'));
  });
}

function download({ content, name }: BoxFile, range: string | null): Response {
  const { size } = content;
  const headers = {
    'content-type': 'application/octet-stream',
    'accept-ranges': 'bytes',
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
  };
  if (range === null) return new Response(content.open(), { headers: { ...headers, 'content-length': String(size) } });
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(range) ?? [];
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size : Math.min(size, Number(last) + 1);
  if (start >= size) return new Response(null, { status: 416, headers: { 'content-range': `bytes */${size}` } });
  const partial = { 'content-range': `bytes ${start}-${end - 1}/${size}`, 'content-length': String(end - start) };
  return new Response(content.open({ start, end }), { status: 206, headers: { ...headers, ...partial } });
}

function changeFile(file: BoxFile, changes: Readonly<Record<string, unknown>>, call: BoxCall): void {
  const {
    name,
    parent,
    shared_link: link,
  } = changes as { name?: string; parent?: { id: string }; shared_link?: { access?: string } | null };
  if (parent !== undefined || name !== undefined) {
    checkAccess(call, file.parentId, 'rename');
    const parentId = parent === undefined ? file.parentId : folderFor(call, parent.id, 'upload').id;
    const kept = name === undefined ? file.name : keptName(name, call.behaviour);
    const existing = call.enterprise.childOf(parentId, kept);
    if (existing !== file) checkNameIsFree(call, { parentId, name: kept });
    Object.assign(file, { parentId, name: kept });
  }
  if (link !== undefined) checkAccess(call, file.parentId, 'share');
  if (link === null) file.linkAccess = undefined;
  else if (link !== undefined) file.linkAccess = (link.access as BoxFile['linkAccess']) ?? call.behaviour.defaultLinkAccess;
  file.etag += 1;
}
