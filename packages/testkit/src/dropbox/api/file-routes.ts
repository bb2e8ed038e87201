import { z } from 'zod';
import { routeError, type Tagged, tags } from '../dropbox-refusal.ts';
import { foldCase, parentOf } from '../state/dropbox-path.ts';
import type { FileNode, TreeNode } from '../state/file-node.ts';
import { folderPath, readPath, type TemplateFilterArgument, templateFilter, writePath } from './arguments.ts';
import { describeFile, describeNode } from './describe-node.ts';
import { type RouteCall, type Routes, route } from './route.ts';

const inPath = (error: Tagged): Tagged => ({ '.tag': 'path', path: error });
const defaultPageSize = 500;

/** Metadata, listing, download, folders, moving and deleting. */
export const fileRoutes: Routes = {
  'files/get_metadata': route({
    style: 'rpc',
    scope: 'files.metadata.read',
    argument: z.strictObject({
      path: readPath,
      include_media_info: z.boolean().optional(),
      include_deleted: z.boolean().optional(),
      include_has_explicit_shared_members: z.boolean().optional(),
      include_property_groups: templateFilter.nullable().optional(),
    }),
    answer({ path, include_property_groups: filter }, call) {
      const node = lookUp(path, call);
      return { result: describeNode(node, node.kind === 'file' ? filteredGroups(node, filter) : undefined) };
    },
  }),

  'files/list_folder': route({
    style: 'rpc',
    scope: 'files.metadata.read',
    argument: z.strictObject({
      path: folderPath,
      recursive: z.boolean().default(false),
      include_media_info: z.boolean().optional(),
      include_deleted: z.boolean().optional(),
      include_has_explicit_shared_members: z.boolean().optional(),
      include_mounted_folders: z.boolean().optional(),
      include_non_downloadable_files: z.boolean().optional(),
      limit: z.int().min(1).max(2000).nullable().optional(),
      include_property_groups: templateFilter.nullable().optional(),
    }),
    answer({ path, recursive, limit }, call) {
      const folder = path === '' ? '' : lookUpFolder(path, call).path;
      return { result: listPage({ folder, recursive, limit: limit ?? defaultPageSize, start: 0 }, call) };
    },
  }),

  'files/list_folder/continue': route({
    style: 'rpc',
    scope: 'files.metadata.read',
    argument: z.strictObject({ cursor: z.string().min(1) }),
    answer({ cursor }, call) {
      return { result: listPage(JSON.parse(Buffer.from(cursor, 'base64url').toString()) as ListCursor, call) };
    },
  }),

  'files/download': route({
    style: 'download',
    scope: 'files.content.read',
    argument: z.strictObject({ path: readPath, rev: z.string().nullable().optional() }),
    answer({ path }, call) {
      const node = lookUp(path, call);
      if (node.kind === 'folder') throw routeError(inPath(tags('not_file')));
      return { result: describeFile(node), bytes: node.bytes };
    },
  }),

  'files/create_folder_v2': route({
    style: 'rpc',
    scope: 'files.content.write',
    argument: z.strictObject({ path: writePath, autorename: z.boolean().default(false) }),
    answer({ path }, { tree }) {
      const { '.tag': _tag, ...metadata } = describeNode(tree.createFolder(path, inPath));
      return { result: { metadata } };
    },
  }),

  'files/delete_v2': route({
    style: 'rpc',
    scope: 'files.content.write',
    argument: z.strictObject({ path: writePath, parent_rev: z.string().nullable().optional() }),
    answer({ path }, { tree }) {
      const node = tree.find(path);
      if (node === undefined) throw routeError({ '.tag': 'path_lookup', path_lookup: tags('not_found') });
      tree.remove(node);
      return { result: { metadata: describeNode(node) } };
    },
  }),

  'files/move_v2': route({
    style: 'rpc',
    scope: 'files.content.write',
    argument: z.strictObject({
      from_path: writePath,
      to_path: writePath,
      allow_shared_folder: z.boolean().optional(),
      autorename: z.boolean().optional(),
      allow_ownership_transfer: z.boolean().optional(),
    }),
    answer({ from_path: from, to_path: to }, { tree }) {
      const node = tree.find(from);
      if (node === undefined) throw routeError({ '.tag': 'from_lookup', from_lookup: tags('not_found') });
      tree.move(node, to, (error) => ({ '.tag': 'to', to: error }));
      return { result: { metadata: describeNode(node) } };
    },
  }),
};

/** Throws `path/not_found`. */
export function lookUp(path: string, { tree }: RouteCall): TreeNode {
  const node = path.startsWith('rev:') ? tree.files.find((file) => file.rev === path.slice(4)) : tree.find(path);
  if (node === undefined) throw routeError(inPath(tags('not_found')));
  return node;
}

function lookUpFolder(path: string, call: RouteCall): TreeNode {
  const node = lookUp(path, call);
  if (node.kind === 'file') throw routeError(inPath(tags('not_folder')));
  return node;
}

function filteredGroups(file: FileNode, filter: TemplateFilterArgument | null | undefined): FileNode['groups'] | undefined {
  if (filter == null) return undefined;
  return file.groups.filter((group) => filter.filter_some.includes(group.template_id));
}

interface ListCursor {
  readonly folder: string;
  readonly recursive: boolean;
  readonly limit: number;
  readonly start: number;
}

function listPage(cursor: ListCursor, { tree }: RouteCall): unknown {
  const { folder, recursive, limit, start } = cursor;
  const folded = foldCase(folder);
  const isBelow = ({ path }: TreeNode): boolean => {
    const parent = parentOf(foldCase(path));
    return parent === folded || (recursive && parent.startsWith(`${folded}/`));
  };
  const nodes = tree.nodes.filter(isBelow);
  const next = { ...cursor, start: start + limit };
  return {
    entries: nodes.slice(start, next.start).map((node) => describeNode(node)),
    cursor: Buffer.from(JSON.stringify(next)).toString('base64url'),
    has_more: nodes.length > next.start,
  };
}
