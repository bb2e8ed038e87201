import { z } from 'zod';
import { routeError, tags } from '../dropbox-refusal.ts';
import type { FileNode, PropertyGroup } from '../state/file-node.ts';
import type { PropertyTemplates } from '../state/property-templates.ts';
import { propertyGroup, templateId, writePath } from './arguments.ts';
import { type Route, type RouteCall, type Routes, route } from './route.ts';

const writing = { style: 'rpc', scope: 'files.metadata.write', allowsAppFolder: false } as const;
const reading = { style: 'rpc', scope: 'files.metadata.read', allowsAppFolder: false } as const;

const field = z.strictObject({
  name: z.string(),
  description: z.string(),
  type: z.union([z.literal('string'), z.strictObject({ '.tag': z.literal('string') })]),
});

const template = z.strictObject({ name: z.string(), description: z.string(), fields: z.array(field) });
const groups = z.array(propertyGroup).min(1);

/** Property groups of files, and templates. */
export const propertyRoutes: Routes = {
  'file_properties/properties/add': route({
    ...writing,
    argument: z.strictObject({ path: writePath, property_groups: groups }),
    answer({ path, property_groups: added }, call) {
      const file = taggedFile(path, added, call);
      const has = (group: PropertyGroup): boolean => file.groups.some((each) => each.template_id === group.template_id);
      if (added.some(has)) throw routeError(tags('property_group_already_exists'));
      call.tree.setGroups(file, [...file.groups, ...added]);
      return { result: null };
    },
  }),

  'file_properties/properties/overwrite': route({
    ...writing,
    argument: z.strictObject({ path: writePath, property_groups: groups }),
    answer({ path, property_groups: written }, call) {
      const file = taggedFile(path, written, call);
      const others = file.groups.filter((group) => written.every((each) => each.template_id !== group.template_id));
      call.tree.setGroups(file, [...others, ...written]);
      return { result: null };
    },
  }),

  ...templateRoutes('user', ({ state }) => state.userTemplates),
  ...templateRoutes('team', ({ state }) => state.teamTemplates),
};

/** The routes for templates exist twice: for those of a user and for those of a team. */
function templateRoutes(owner: 'user' | 'team', templatesOf: (call: RouteCall) => PropertyTemplates): Routes {
  const team = { style: 'rpc', scope: 'files.team_metadata.write', allowsAppFolder: false, auth: 'team' } as const;
  const [read, write] = owner === 'team' ? [team, team] : [reading, writing];
  const named = (verb: string, each: Route): Routes => ({ [`file_properties/templates/${verb}_for_${owner}`]: each });
  return {
    ...named(
      'add',
      route({ ...write, argument: template, answer: (added, call) => ({ result: { template_id: templatesOf(call).add(added).id } }) }),
    ),
    ...named(
      'list',
      route({
        ...read,
        argument: z.null(),
        answer: (_, call) => ({ result: { template_ids: templatesOf(call).all.map(({ id }) => id) } }),
      }),
    ),
    ...named(
      'get',
      route({
        ...read,
        argument: z.strictObject({ template_id: templateId }),
        answer: ({ template_id: id }, call) => {
          const { name, description, fields } = templatesOf(call).require(id);
          return { result: { name, description, fields: fields.map((each) => ({ ...each, type: { '.tag': 'string' } })) } };
        },
      }),
    ),
    ...named(
      'update',
      route({
        ...write,
        argument: z.strictObject({ template_id: templateId, add_fields: z.array(field).optional() }),
        answer: ({ template_id: id, add_fields: added = [] }, call) => {
          templatesOf(call).addFields(templatesOf(call).require(id), added);
          return { result: { template_id: id } };
        },
      }),
    ),
    ...named(
      'remove',
      route({
        ...write,
        argument: z.strictObject({ template_id: templateId }),
        answer: ({ template_id: id }, call) => {
          templatesOf(call).require(id);
          call.state.removeTemplate(id);
          return { result: null };
        },
      }),
    ),
  };
}

/** The file that is to be tagged. Throws when the groups do not fit. */
function taggedFile(path: string, written: readonly PropertyGroup[], { state, tree }: RouteCall): FileNode {
  const node = tree.find(path);
  if (node === undefined) throw routeError({ '.tag': 'path', path: tags('not_found') });
  if (node.kind === 'folder') throw routeError(tags('unsupported_folder'));
  const problem = state.templatesFor(written[0]?.template_id ?? '').problemWith(written);
  if (problem !== undefined) throw routeError(problem);
  return node;
}
