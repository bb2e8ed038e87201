import type { Router } from '../../emulator/router.ts';
import type { BoxFile, BoxFolder } from '../box-item.ts';
import { keptName } from '../box-names.ts';
import { representItem } from '../represent-item.ts';
import { type BoxCall, folderFor, readJson, textIn } from './box-call.ts';
import { checkNameIsFree } from './name-conflict.ts';

export function addFolderRoutes(router: Router<BoxCall>): void {
  router
    .on('POST', '/folders', async ({ request, url, context: call }) => {
      const body = await readJson(request, call);
      const parent = folderFor(call, textIn(body['parent'], 'id'), 'upload');
      const name = keptName(textIn(body, 'name'), call.behaviour);
      checkNameIsFree(call, { parentId: parent.id, name });
      const folder = call.enterprise.createFolder(parent.id, name, call.userId);
      return Response.json(representItem(folder, call, url.searchParams.get('fields')), { status: 201 });
    })
    .on('GET', '/folders/:id', ({ params, url, context: call }) => {
      const folder = folderFor(call, params['id'] ?? '', 'see');
      return Response.json(representItem(folder, call, url.searchParams.get('fields')));
    })
    .on('DELETE', '/folders/:id', ({ params, context: call }) => {
      call.enterprise.removeFolder(folderFor(call, params['id'] ?? '', 'delete').id);
      return new Response(null, { status: 204 });
    })
    .on('GET', '/folders/:id/items', ({ params, url, context: call }) => {
      const folder = folderFor(call, params['id'] ?? '', 'see');
      const items = visibleIn(folder, call);
      const limit = Math.min(1000, Number(url.searchParams.get('limit') ?? 100));
      const usesMarker = url.searchParams.get('usemarker') === 'true';
      const offset = Number(url.searchParams.get(usesMarker ? 'marker' : 'offset') ?? 0);
      const fields = url.searchParams.get('fields') ?? 'sequence_id,name,sha1,file_version';
      const entries = items.slice(offset, offset + limit).map((item) => representItem(item, call, fields));
      const next = offset + limit < items.length ? String(offset + limit) : null;
      const page = usesMarker ? { next_marker: next } : { total_count: items.length, offset };
      return Response.json({ entries, limit, ...page });
    });
}

/** Everybody's root has what they own, and what they were invited to. */
function visibleIn({ id }: BoxFolder, { enterprise, userId }: BoxCall): (BoxFile | BoxFolder)[] {
  const isVisible = (item: BoxFile | BoxFolder) => item.type === 'file' || enterprise.roleIn(item.id, userId) !== undefined;
  return enterprise.childrenOf(id).filter(isVisible);
}
