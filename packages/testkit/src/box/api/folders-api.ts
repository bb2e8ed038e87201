import type { Router } from '../../emulator/router.ts';
import { keptName } from '../box-names.ts';
import { representItem } from '../represent-item.ts';
import { type BoxCall, folderFor, readJson, textIn } from './box-call.ts';
import { checkNameIsFree } from './name-conflict.ts';

export function addFolderRoutes(router: Router<BoxCall>): void {
  router
    .on('POST', '/folders', async ({ request, url, context: call }) => {
      const body = await readJson(request, call);
      const parent = folderFor(call, textIn(body['parent'], 'id'), 'write');
      const name = keptName(textIn(body, 'name'), call.behaviour);
      checkNameIsFree(call, { parentId: parent.id, name });
      const folder = call.enterprise.createFolder(parent.id, name);
      return Response.json(representItem(folder, call.enterprise, url.searchParams.get('fields')), { status: 201 });
    })
    .on('GET', '/folders/:id', ({ params, url, context: call }) => {
      const folder = folderFor(call, params['id'] ?? '', 'read');
      return Response.json(representItem(folder, call.enterprise, url.searchParams.get('fields')));
    })
    .on('DELETE', '/folders/:id', ({ params, context: call }) => {
      call.enterprise.removeFolder(folderFor(call, params['id'] ?? '', 'write').id);
      return new Response(null, { status: 204 });
    })
    .on('GET', '/folders/:id/items', ({ params, url, context: call }) => {
      const folder = folderFor(call, params['id'] ?? '', 'read');
      const items = call.enterprise.childrenOf(folder.id);
      const limit = Math.min(1000, Number(url.searchParams.get('limit') ?? 100));
      const usesMarker = url.searchParams.get('usemarker') === 'true';
      const offset = Number(url.searchParams.get(usesMarker ? 'marker' : 'offset') ?? 0);
      const fields = url.searchParams.get('fields') ?? 'sequence_id,name,sha1,file_version';
      const entries = items.slice(offset, offset + limit).map((item) => representItem(item, call.enterprise, fields));
      const next = offset + limit < items.length ? String(offset + limit) : null;
      const page = usesMarker ? { next_marker: next } : { total_count: items.length, offset };
      return Response.json({ entries, limit, ...page });
    });
}
