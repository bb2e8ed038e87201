import {
  ArchiveError,
  DestinationError,
  type DocumentToStore,
  jsonBody,
  onceEach,
  propertyNames,
} from '@spotdraft-archive/core/destination';
import { z } from 'zod';
import type { Call, DriveApi } from './api.ts';
import { columnOf, isOurs, keyColumn, readFields } from './column-names.ts';
import { type DriveItem, driveItemSchema } from './drive-item.ts';
import { addressOfId, type DriveRoot } from './drive-root.ts';
import type { MetadataCarrier } from './metadata-carrier.ts';

const columnsSchema = z.object({
  value: z.array(z.object({ name: z.string(), indexed: z.boolean().nullish(), enforceUniqueValues: z.boolean().nullish() })),
});
const fieldsSchema = z.record(z.string(), z.unknown());
const hitsSchema = z.object({
  value: z.array(z.object({ fields: fieldsSchema.optional(), driveItem: driveItemSchema.nullish() })),
});

export interface ColumnCarrierOptions {
  readonly provider: string;
  /** False: missing columns are an error that lists them for an administrator. */
  readonly createColumns: boolean;
}

export interface ColumnCarrier extends MetadataCarrier {
  /** Makes the usual columns, or looks whether they are there. Answers what was found, as a sentence. */
  checkColumns(root: DriveRoot, call: Call): Promise<string>;
}

/** Keeps the key in an indexed, unique column of the library and each property in a column of its own. */
export function columnCarrier(api: DriveApi, { provider, createColumns }: ColumnCarrierOptions): ColumnCarrier {
  const { requester, urlOf } = api;
  const known = onceEach<Set<string>>();
  const columnsOf = (root: DriveRoot) => urlOf(`drives/${encodeURIComponent(root.driveId)}/list/columns`);

  async function readColumns(root: DriveRoot, { signal }: Call): Promise<Set<string>> {
    const operation = 'read the columns of the library';
    const query = { $select: 'name,indexed,enforceUniqueValues', $top: '999' };
    const answer = await requester.request({
      operation,
      method: 'GET',
      url: columnsOf(root),
      query,
      expect: [200],
      repeat: 'safe',
      signal,
    });
    const { value } = answer.json(columnsSchema);
    const key = value.find(({ name }) => name === keyColumn);
    if (key !== undefined && key.indexed !== true) throw unindexed(provider);
    return new Set(value.map(({ name }) => name));
  }

  async function createColumn(name: string, root: DriveRoot, { signal }: Call): Promise<void> {
    const isKey = name === keyColumn;
    await requester.request({
      operation: 'create a column of the library',
      method: 'POST',
      url: columnsOf(root),
      body: jsonBody({ name, displayName: name, text: {}, ...(isKey && { indexed: true, enforceUniqueValues: true }) }),
      // Another process may have been quicker.
      expect: [201, { status: 409, reason: 'nameAlreadyExists' }],
      repeat: 'safe',
      signal,
    });
  }

  async function ensureColumns(wanted: readonly string[], root: DriveRoot, call: Call): Promise<readonly string[]> {
    const existing = await known.get(root.driveId, { make: (signal) => readColumns(root, { signal }), signal: call.signal });
    const missing = wanted.filter((name) => !existing.has(name));
    if (missing.length > 0 && !createColumns) throw missingColumns(provider, missing);
    // One after the other: Graph changes the schema of a library one request at a time.
    for (const name of missing) {
      await createColumn(name, root, call).catch((error: unknown) => {
        throw isForbidden(error) ? missingColumns(provider, missing) : error;
      });
      existing.add(name);
    }
    return missing;
  }

  /** Columns of ours in the library, to be emptied when another document's metadata may be in them. */
  async function ownColumns(root: DriveRoot, { signal }: Call): Promise<readonly string[]> {
    const existing = await known.get(root.driveId, { make: (shared) => readColumns(root, { signal: shared }), signal });
    return [...existing].filter(isOurs);
  }

  return {
    expand: 'listItem($expand=fields)',
    async prepare({ properties }, root, call) {
      await ensureColumns([keyColumn, ...Object.keys(properties).map(columnOf)], root, call);
    },
    read: async ({ listItem }) => readFields(listItem?.fields),
    async write(item, document, { root, replaces, signal }) {
      const emptied = replaces ? await ownColumns(root, { signal }) : [];
      const answer = await requester.request({
        operation: 'write the metadata',
        method: 'PATCH',
        url: urlOf(`${addressOfId(root, item.id)}/listItem/fields`),
        body: jsonBody(fieldsFor(document, emptied)),
        expect: [200],
        repeat: 'safe',
        signal,
      });
      return readFields(answer.json(fieldsSchema));
    },
    async search(key, root, { signal }) {
      const answer = await requester.request({
        operation: 'look for the key',
        method: 'GET',
        url: urlOf(`drives/${encodeURIComponent(root.driveId)}/list/items`),
        query: { $filter: `fields/${keyColumn} eq '${key.replaceAll("'", "''")}'`, $expand: 'fields,driveItem' },
        // In a library without the column nothing can carry the key.
        expect: [200, { status: 400, reason: /^invalidRequest$/ }],
        repeat: 'safe',
        signal,
      });
      if (answer.status === 400) return columnlessHits(await readColumns(root, { signal }), provider);
      return answer.json(hitsSchema).value.flatMap(({ fields, driveItem }) => asHit(driveItem, fields));
    },
    async checkColumns(root, call) {
      known.forget(root.driveId);
      const created = await ensureColumns([keyColumn, ...propertyNames.map(columnOf)], root, call);
      return created.length === 0 ? 'All columns are there, and the key is indexed.' : `Created ${created.length} columns.`;
    },
  };
}

function asHit(driveItem: DriveItem | null | undefined, fields: Record<string, unknown> | undefined): DriveItem[] {
  return driveItem ? [{ ...driveItem, listItem: { fields } }] : [];
}

function fieldsFor({ key, properties }: DocumentToStore, emptied: readonly string[]): Record<string, string | null> {
  const written = Object.entries(properties).map(([name, value]) => [columnOf(name), value] as const);
  return Object.fromEntries([...emptied.map((column) => [column, null] as const), ...written, [keyColumn, key]]);
}

function isForbidden(error: unknown): boolean {
  return ArchiveError.isInstance(error) && error.code === 'destination.forbidden';
}

function columnlessHits(columns: Set<string>, provider: string): readonly DriveItem[] {
  if (!columns.has(keyColumn)) return [];
  throw new DestinationError(`${provider}: the library refuses to look for a key.`, {
    code: 'destination.unexpected_answer',
    recovery: 'operator',
    hint: `Look in the library settings whether the column ${keyColumn} is indexed.`,
  });
}

function missingColumns(provider: string, names: readonly string[]): DestinationError {
  return new DestinationError(`${provider}: the library lacks columns that the archive needs.`, {
    code: 'destination.forbidden',
    recovery: 'operator',
    hint:
      `Add to the library these columns of the kind "single line of text": ${names.join(', ')}. ` +
      `${keyColumn} must be indexed and enforce unique values. Or let check() make them: for that the app needs the role "manage" on the site and "createColumns".`,
    details: { columns: names },
  });
}

function unindexed(provider: string): DestinationError {
  return new DestinationError(`${provider}: the column ${keyColumn} is not indexed.`, {
    code: 'destination.forbidden',
    recovery: 'operator',
    hint: `In the library settings, under "Indexed columns", create an index on ${keyColumn}, and let the column enforce unique values.`,
  });
}
