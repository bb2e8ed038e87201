import type { BoxFile, BoxFolder } from '../box-item.ts';
import { BoxRefusal } from '../box-refusal.ts';
import { representMini } from '../represent-item.ts';
import type { BoxCall } from './box-call.ts';

/** Throws `409 item_name_in_use` when a folder has an item of that name already. */
export function checkNameIsFree(call: BoxCall, { parentId, name }: { readonly parentId: string; readonly name: string }): void {
  const existing = call.enterprise.childOf(parentId, name);
  if (existing !== undefined) throw nameInUse(call, existing);
}

function nameInUse({ behaviour }: BoxCall, existing: BoxFile | BoxFolder): BoxRefusal {
  const mini = representMini(existing);
  // Folders come in an array; files in the form that was seen, or in the documented one.
  const isArray = existing.type === 'folder' || behaviour.conflictForm === 'array';
  return new BoxRefusal(409, 'item_name_in_use', { contextInfo: { conflicts: isArray ? [mini] : mini } });
}

/**
 * Holds a name while an upload for it runs. Throws `409 name_temporarily_reserved` when another one does.
 *
 * Answers how to give it back.
 */
export function reserveName({ enterprise }: BoxCall, { parentId, name }: { readonly parentId: string; readonly name: string }): () => void {
  const reservation = `${parentId}/${name.normalize('NFC').toLowerCase()}`;
  if (enterprise.reservedNames.has(reservation)) throw new BoxRefusal(409, 'name_temporarily_reserved');
  enterprise.reservedNames.add(reservation);
  return () => enterprise.reservedNames.delete(reservation);
}
