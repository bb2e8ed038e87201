import { invalidRequest, itemNotFound, nameTaken } from '../graph-refusal.ts';
import type { EmulatedDrive } from '../state/emulated-drive.ts';
import type { GraphItem } from '../state/graph-item.ts';
import type { GraphState } from '../state/graph-state.ts';
import type { GraphContext } from './graph-context.ts';
import { existingItem, type ItemAddress } from './item-address.ts';
import { asObject, readConflictBehavior, readJson } from './read-json.ts';
import { contentOf, receiveBytes } from './receive-content.ts';

/** `POST …/copy`: answered before it is done, with an address that tells the progress. https://learn.microsoft.com/graph/api/driveitem-copy */
export async function copyItem(request: Request, address: ItemAddress, { state, urls }: GraphContext): Promise<Response> {
  const { drive } = address;
  const original = existingItem(address);
  const { name = original.name, parentReference } = await readJson(request);
  if (original.content === undefined || typeof name !== 'string') throw invalidRequest('This emulator copies files only.');
  const behavior = readConflictBehavior(new URL(request.url).searchParams.get('@microsoft.graph.conflictBehavior'), 'fail');
  const parent = parentOf(original, drive, asObject(parentReference).id);
  const bytes = await receiveBytes(original.content.bytes.open());
  const content = await contentOf(bytes, name);
  const existing = drive.child(parent, name);
  if (existing !== undefined && behavior !== 'replace') throw nameTaken();
  if (existing !== undefined) drive.replaceContent(existing, content);
  const { id } = existing ?? drive.createFile({ parent, name, createdBy: original.createdBy }, content);
  return new Response(null, { status: 202, headers: { location: `${urls.uploads}/monitor/${state.copies.begin(id)}` } });
}

function parentOf(original: GraphItem, drive: EmulatedDrive, parentId: unknown = original.parentId): GraphItem {
  const parent = typeof parentId === 'string' ? drive.find(parentId) : undefined;
  if (parent === undefined) throw invalidRequest('The new parent does not exist.');
  return parent;
}

/** The address of a copy's progress needs no token. */
export function answerMonitor(id: string, { copies }: GraphState): Response {
  const copy = copies.look(id);
  if (copy === undefined) throw itemNotFound();
  const { isDone, resourceId } = copy;
  return isDone
    ? Response.json({ status: 'completed', percentageComplete: 100, resourceId })
    : Response.json({ status: 'inProgress', percentageComplete: 50 }, { status: 202 });
}
