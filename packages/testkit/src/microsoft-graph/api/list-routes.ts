import { randomUUID } from 'node:crypto';
import { GraphRefusal, invalidRequest, nameTaken } from '../graph-refusal.ts';
import { checkIfMatch, checkUnlocked, type EmulatedDrive } from '../state/emulated-drive.ts';
import type { GraphColumn, GraphItem } from '../state/graph-item.ts';
import { describeFields, describeListItem } from './describe-item.ts';
import type { GraphContext } from './graph-context.ts';
import { existingItem, type ItemAddress } from './item-address.ts';
import { readJson } from './read-json.ts';
import { enrich } from './receive-content.ts';

/** Personal drives have no lists. */
export function requireList({ driveType }: EmulatedDrive): void {
  if (driveType === 'personal')
    throw new GraphRefusal(400, 'notSupported', { message: 'The operation is not supported on personal drives.' });
}

/** The list behind a drive. https://learn.microsoft.com/graph/api/resources/list */
export function describeList({ id, name, webUrl }: EmulatedDrive): unknown {
  const list = { template: 'documentLibrary', hidden: false, contentTypesEnabled: false };
  return { id: `list-${id}`, name, displayName: name, webUrl, list };
}

/** https://learn.microsoft.com/graph/api/list-post-columns */
export async function answerColumns(request: Request, drive: EmulatedDrive): Promise<Response> {
  if (request.method === 'GET') return Response.json({ value: drive.columns.map(describeColumn) });
  const { name, text, indexed, enforceUniqueValues } = await readJson(request);
  if (typeof name !== 'string' || !/^\w{1,64}$/.test(name)) throw invalidRequest('A column needs a name.');
  if (typeof text !== 'object') throw invalidRequest('This emulator makes columns of text only.');
  if (drive.columns.some((column) => column.name.toLowerCase() === name.toLowerCase())) throw nameTaken();
  if (enforceUniqueValues === true && indexed !== true) throw invalidRequest('A unique column must be indexed.');
  const column = { id: randomUUID(), name, indexed: indexed === true, enforceUniqueValues: enforceUniqueValues === true };
  drive.columns.push(column);
  return Response.json(describeColumn(column), { status: 201 });
}

function describeColumn({ id, name, indexed, enforceUniqueValues }: GraphColumn): unknown {
  return {
    id,
    name,
    displayName: name,
    indexed,
    enforceUniqueValues,
    hidden: false,
    readOnly: false,
    required: false,
    text: { maxLength: 255 },
  };
}

/** The items of a library, filtered by one column. */
export function answerListItems(request: Request, drive: EmulatedDrive, { behaviour }: GraphContext): Response {
  const query = new URL(request.url).searchParams;
  const expanded = (query.get('$expand') ?? '').split(',').map((part) => part.replace(/\(.*/, ''));
  const items = drive.items.filter((item) => item.parentId !== undefined);
  const filter = query.get('$filter');
  const hits = filter === null ? items : filterItems(items, drive, { filter, prefer: request.headers.get('prefer') ?? '' });
  const shown = filter !== null && behaviour.filtersFindNothing ? [] : hits;
  return Response.json({ value: shown.map((item) => describeListItem(item, drive, expanded)) });
}

interface FilterOptions {
  readonly filter: string;
  readonly prefer: string;
}

function filterItems(items: readonly GraphItem[], { columns }: EmulatedDrive, { filter, prefer }: FilterOptions): readonly GraphItem[] {
  const found = /^fields\/(\w+) eq '((?:[^']|'')*)'$/.exec(filter);
  const column = columns.find(({ name }) => name === found?.[1]);
  if (found === null || column === undefined) throw invalidRequest('The filter is invalid or names a field that is not there.');
  if (!column.indexed && !prefer.includes('HonorNonIndexedQueriesWarningMayFailRandomly')) {
    throw invalidRequest(`Field '${column.name}' cannot be referenced in filter or orderby as it is not indexed.`);
  }
  const value = (found[2] ?? '').replaceAll("''", "'");
  return items.filter(({ fields }) => fields.get(column.name) === value);
}

const maxTextLength = 255;

/** Writes fields. Once SharePoint is told of properties it may write them into the file. */
export async function answerFields(request: Request, address: ItemAddress, { behaviour }: GraphContext): Promise<Response> {
  const { drive } = address;
  const item = existingItem(address);
  if (request.method === 'PATCH') {
    checkIfMatch(item, request);
    checkUnlocked(item);
    const changes = Object.entries(await readJson(request));
    for (const [name, value] of changes) checkField(item, drive, { name, value });
    for (const [name, value] of changes) {
      if (typeof value === 'string') item.fields.set(name, value);
      else item.fields.delete(name);
    }
    drive.touch(item);
    if (behaviour.enrichment === 'with-metadata') await enrich(item, drive);
  }
  return Response.json(describeFields(item));
}

function checkField(
  item: GraphItem,
  { columns, items }: EmulatedDrive,
  { name, value }: { readonly name: string; readonly value: unknown },
): void {
  const column = columns.find((candidate) => candidate.name === name);
  if (column === undefined) throw invalidRequest(`Field '${name}' is not recognized`);
  if (value === null) return;
  if (typeof value !== 'string' || value.length > maxTextLength) throw invalidRequest(`The value of '${name}' is invalid.`);
  const isTaken = column.enforceUniqueValues && items.some((other) => other !== item && other.fields.get(name) === value);
  if (isTaken)
    throw invalidRequest('The list item could not be added or updated because duplicate values were found in fields that must be unique.');
}
