import { z } from 'zod';
import { routeError, tags } from '../dropbox-refusal.ts';
import type { FileNode, PropertyGroup } from '../state/file-node.ts';
import { templateFilter } from './arguments.ts';
import { type RouteCall, type Routes, route } from './route.ts';

const traits = { style: 'rpc', scope: 'files.metadata.read', allowsAppFolder: false } as const;

const searchArgument = z.strictObject({
  queries: z
    .array(
      z.strictObject({
        query: z.string(),
        mode: z.strictObject({ '.tag': z.literal('field_name'), field_name: z.string() }),
        logical_operator: z.union([z.literal('or_operator'), z.strictObject({ '.tag': z.literal('or_operator') })]).optional(),
      }),
    )
    .min(1),
  template_filter: z.union([z.literal('filter_none'), z.strictObject({ '.tag': z.literal('filter_none') }), templateFilter]).optional(),
});
type SearchArgument = z.output<typeof searchArgument>;

/** The search for property values, which lags behind and comes in pages. */
export const searchRoutes: Routes = {
  'file_properties/properties/search': route({
    ...traits,
    argument: searchArgument,
    answer: (argument, call) => ({ result: searchPage({ argument, start: 0 }, call) }),
  }),

  'file_properties/properties/search/continue': route({
    ...traits,
    argument: z.strictObject({ cursor: z.string().min(1) }),
    answer: ({ cursor }, call) => ({ result: searchPage(readCursor(cursor), call) }),
  }),
};

interface SearchCursor {
  readonly argument: SearchArgument;
  readonly start: number;
}

function readCursor(text: string): SearchCursor {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString()) as SearchCursor;
  } catch {
    throw routeError(tags('reset'));
  }
}

function searchPage({ argument, start }: SearchCursor, { behaviour, now, tree }: RouteCall): unknown {
  const { queries, template_filter: filter } = argument;
  const isWanted = ({ template_id: id }: PropertyGroup): boolean =>
    typeof filter !== 'object' || filter['.tag'] === 'filter_none' || filter.filter_some.includes(id);
  const fits = (group: PropertyGroup): boolean =>
    isWanted(group) &&
    queries.some(({ query, mode }) => group.fields.some(({ name, value }) => name === mode.field_name && value === query));
  const isIndexed = (file: FileNode): boolean => file.groupsChangedAt + behaviour.searchLagMs <= now;
  const matches = [...tree.files, ...tree.deleted].filter((file) => isIndexed(file) && file.groups.some(fits));
  const end = start + behaviour.searchPageSize;
  return {
    matches: matches.slice(start, end).map((file) => ({
      id: file.id,
      path: file.path,
      is_deleted: file.isDeleted,
      property_groups: file.groups.filter(isWanted),
    })),
    cursor: matches.length > end ? Buffer.from(JSON.stringify({ argument, start: end })).toString('base64url') : null,
  };
}
