import { invalidRequest, nameTaken } from '../graph-refusal.ts';
import { checkIfMatch, checkUnlocked } from '../state/emulated-drive.ts';
import type { GraphItem } from '../state/graph-item.ts';
import { describeItem, shapeItem } from './describe-item.ts';
import { existingItem, type ItemAddress } from './item-address.ts';
import { asObject, type Json, readConflictBehavior, readJson } from './read-json.ts';

/** The item itself: look, rename, move, remove. */
export async function answerItem(request: Request, address: ItemAddress): Promise<Response> {
  const { drive } = address;
  const item = existingItem(address);
  const query = new URL(request.url).searchParams;
  if (request.method === 'GET') return Response.json(shapeItem(item, drive, { query }));
  checkIfMatch(item, request);
  if (request.method === 'DELETE') {
    drive.remove(item);
    return new Response(null, { status: 204 });
  }
  const { name, parentReference } = await readJson(request);
  const parentId = asObject(parentReference).id ?? item.parentId;
  const parent = typeof parentId === 'string' ? drive.find(parentId) : undefined;
  if (parent === undefined) throw invalidRequest('The new parent does not exist.');
  const wanted = typeof name === 'string' ? name : item.name;
  if (wanted !== item.name || parent.id !== item.parentId) drive.move(item, { parent, name: wanted });
  return Response.json(shapeItem(item, drive, { query }));
}

const defaultPageSize = 200;

/** The items in a folder, page by page, and new folders in it. Folders are renamed unless told otherwise. */
export async function answerChildren(request: Request, address: ItemAddress): Promise<Response> {
  const { drive } = address;
  const parent = existingItem(address);
  if (request.method === 'POST') return createFolder(await readJson(request), parent, address);
  const url = new URL(request.url);
  const children = drive.childrenOf(parent);
  const start = Number(url.searchParams.get('$skiptoken') ?? 0);
  const size = Number(url.searchParams.get('$top') ?? defaultPageSize);
  const value = children.slice(start, start + size).map((item) => shapeItem(item, drive, { query: url.searchParams }));
  if (start + size >= children.length) return Response.json({ value });
  url.searchParams.set('$skiptoken', String(start + size));
  // On the host that was asked, under whatever name: clients hand their token to that one only.
  return Response.json({ '@odata.nextLink': url.href, value });
}

function createFolder(body: Json, parent: GraphItem, { drive }: ItemAddress): Response {
  const { name, folder } = body;
  if (typeof name !== 'string' || folder === undefined) throw invalidRequest('Only folders are made this way.');
  const behavior = readConflictBehavior(body['@microsoft.graph.conflictBehavior'], 'rename');
  const existing = drive.child(parent, name);
  if (existing !== undefined && behavior === 'fail') throw nameTaken();
  if (existing !== undefined && behavior === 'replace') return Response.json(describeItem(existing, { drive }));
  let count = 0;
  while (drive.child(parent, count === 0 ? name : `${name} ${count}`)) count += 1;
  const made = drive.createFolder({ parent, name: count === 0 ? name : `${name} ${count}` });
  return Response.json(describeItem(made, { drive }), { status: 201 });
}

/** Retention labels and record locks. https://learn.microsoft.com/graph/api/driveitem-setretentionlabel */
export async function answerLabel(request: Request, address: ItemAddress): Promise<Response> {
  const item = existingItem(address);
  if (request.method === 'PATCH') {
    const { name, retentionSettings } = await readJson(request);
    if (typeof name === 'string' && name !== item.retentionLabel) {
      checkUnlocked(item);
      item.retentionLabel = name;
    }
    const { isRecordLocked } = asObject(retentionSettings);
    if (isRecordLocked !== undefined) {
      if (item.retentionLabel === undefined) throw invalidRequest('The item has no retention label.');
      item.isRecordLocked = isRecordLocked === true;
    }
  }
  return Response.json({ name: item.retentionLabel ?? null, retentionSettings: { isRecordLocked: item.isRecordLocked } });
}
