import { z } from 'zod';
import { routeError, tags } from '../dropbox-refusal.ts';
import type { FileNode } from '../state/file-node.ts';
import { readPath } from './arguments.ts';
import { describeFile } from './describe-node.ts';
import { lookUp } from './file-routes.ts';
import { type Routes, route } from './route.ts';

const audience = z.strictObject({ '.tag': z.enum(['public', 'team', 'no_one', 'members']) });

/** Shared links: public ones, unless the settings say otherwise. */
export const linkRoutes: Routes = {
  'sharing/create_shared_link_with_settings': route({
    style: 'rpc',
    scope: 'sharing.write',
    argument: z.strictObject({
      path: readPath,
      settings: z
        .strictObject({
          audience: z.union([z.enum(['public', 'team', 'no_one', 'members']).transform((tag) => ({ '.tag': tag })), audience]).optional(),
          access: z.union([z.string(), z.strictObject({ '.tag': z.string() })]).optional(),
          allow_download: z.boolean().optional(),
        })
        .nullable()
        .optional(),
    }),
    answer({ path, settings }, call) {
      const { state } = call;
      const node = lookUp(path, call);
      if (node.kind === 'folder') throw routeError(tags('access_denied'));
      const wanted = settings?.audience?.['.tag'] ?? 'public';
      if (wanted === 'team' && !state.isTeam) throw routeError(tags('settings_error', 'not_authorized'));
      if (state.links.some((link) => link.fileId === node.id)) throw routeError(tags('shared_link_already_exists'));
      const link = { url: `https://www.dropbox.com/scl/fi/${node.id.slice(3)}?rlkey=emulator&dl=0`, fileId: node.id, audience: wanted };
      state.links.push(link);
      return { result: describeLink(node, link) };
    },
  }),

  'sharing/list_shared_links': route({
    style: 'rpc',
    scope: 'sharing.read',
    argument: z.strictObject({
      path: readPath.nullable().optional(),
      cursor: z.string().nullable().optional(),
      direct_only: z.boolean().nullable().optional(),
    }),
    answer({ path }, { state, tree }) {
      const described = state.links.flatMap((link) => {
        const file = tree.find(link.fileId);
        return file?.kind === 'file' && (path == null || tree.find(path) === file) ? [describeLink(file, link)] : [];
      });
      return { result: { links: described, has_more: false } };
    },
  }),
};

function describeLink(file: FileNode, link: { readonly url: string; readonly audience: string }): unknown {
  const { name, id, client_modified, server_modified, rev, size, path_lower } = describeFile(file);
  return {
    '.tag': 'file',
    url: link.url,
    name,
    id,
    client_modified,
    server_modified,
    rev,
    size,
    path_lower,
    link_permissions: {
      can_revoke: true,
      visibility_policies: [],
      can_set_expiry: false,
      can_remove_expiry: false,
      allow_download: true,
      can_allow_download: true,
      can_disallow_download: false,
      allow_comments: true,
      team_restricts_comments: false,
      effective_audience: { '.tag': link.audience },
    },
  };
}
