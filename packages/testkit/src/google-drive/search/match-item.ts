import type { DriveCaller } from '../state/drive-accounts.ts';
import type { DriveItem, DriveRole } from '../state/drive-item.ts';
import { type FindItem, hasRole, isTrashed } from '../state/drive-permissions.ts';
import type { IndexedItem } from '../state/search-index.ts';
import type { MemberRole, SearchExpression, SearchTerm } from './search-query.ts';

export interface MatchOptions {
  readonly find: FindItem;
  /** What the search knows of the item; nothing when it is too young. */
  readonly indexed: IndexedItem | undefined;
  readonly caller: DriveCaller;
  /** What `root` stands for. */
  readonly rootId: string;
}

const leastRoles: Readonly<Record<MemberRole, DriveRole>> = { owners: 'owner', writers: 'writer', readers: 'reader' };

/** Whether the search finds an item. Folder, type and bin are up to date, names and properties are those of the index. */
export function matchItem(expression: SearchExpression, item: DriveItem, options: MatchOptions): boolean {
  if (expression.kind === 'term') return matchTerm(expression.term, item, options);
  if (expression.kind === 'not') return !matchItem(expression.expression, item, options);
  const left = matchItem(expression.left, item, options);
  if (expression.kind === 'and') return left && matchItem(expression.right, item, options);
  return left || matchItem(expression.right, item, options);
}

function matchTerm(term: SearchTerm, item: DriveItem, { find, indexed, caller, rootId }: MatchOptions): boolean {
  switch (term.kind) {
    case 'parent':
      return item.parents.includes(term.id === 'root' ? rootId : term.id);
    case 'trashed':
      return isTrashed(item, find) === term.value;
    case 'starred':
      return !term.value;
    case 'sharedWithMe':
      // Items of shared drives belong to nobody who could share them.
      return (item.driveId === undefined && item.permissions.has(caller.account)) === term.value;
    case 'member': {
      const account = term.account === 'me' ? caller.account : term.account;
      return hasRole(item, { ...caller, account }, { atLeast: leastRoles[term.role], find });
    }
    case 'mimeType':
      return compareText(item.mimeType, term.operator, term.value);
    case 'name':
      return indexed !== undefined && compareText(indexed.name, term.operator, term.value);
    case 'time':
      return compareTime(item[term.field], term.operator, term.value);
    case 'property': {
      const properties = term.scope === 'properties' ? indexed?.properties : indexed?.appProperties.get(caller.projectId);
      return properties?.get(term.name) === term.value;
    }
  }
}

/** Names are compared without regard to case, and `contains` looks at the beginning of the name only. */
function compareText(actual: string, operator: '=' | '!=' | 'contains', wanted: string): boolean {
  const [left, right] = [actual.toLowerCase(), wanted.toLowerCase()];
  if (operator === 'contains') return left.startsWith(right);
  return (left === right) === (operator === '=');
}

function compareTime(actual: number, operator: string, wanted: number): boolean {
  if (operator === '>') return actual > wanted;
  if (operator === '>=') return actual >= wanted;
  if (operator === '<') return actual < wanted;
  return operator === '<=' ? actual <= wanted : actual === wanted;
}
