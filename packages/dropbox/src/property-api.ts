import { z } from 'zod';
import type { CallSignal, RouteCall, Transport } from './transport.ts';
import type { PropertyGroup, SearchMatch, Template, TemplateField } from './wire-types.ts';

// The routes for properties, with no decision in them. https://www.dropbox.com/developers/documentation/http/documentation#file_properties

/** None of these routes has a `select_admin_mode` in Dropbox's description. https://github.com/dropbox/dropbox-api-spec/blob/main/file_properties.stone */
const caller = 'member';

interface GroupsOptions extends CallSignal {
  /** A path, or an id. */
  readonly path: string;
  readonly groups: readonly PropertyGroup[];
}

/** Adds groups to a file. Hands back that it carries one of the template already, and that the template is gone. */
export async function addGroups(
  transport: Transport,
  { path, groups, signal }: GroupsOptions,
): Promise<'added' | 'exists' | 'no-template'> {
  const argument = { path, property_groups: groups };
  const refusals = /^(property_group_already_exists|template_not_found)$/;
  const { reason } = await transport.rpc({
    operation: 'stamp the copy',
    route: 'file_properties/properties/add',
    caller,
    argument,
    refusals,
    signal,
  });
  if (reason === undefined) return 'added';
  return reason === 'template_not_found' ? 'no-template' : 'exists';
}

/** Writes groups in place of those of the same templates. Hands back that the template is gone. */
export async function overwriteGroups(transport: Transport, { path, groups, signal }: GroupsOptions): Promise<'written' | 'no-template'> {
  const argument = { path, property_groups: groups };
  const refusals = /^template_not_found$/;
  const route = 'file_properties/properties/overwrite';
  const { reason } = await transport.rpc({ operation: 'stamp the copy', route, caller, argument, refusals, signal });
  return reason === undefined ? 'written' : 'no-template';
}

export interface SearchOptions extends CallSignal {
  readonly field: string;
  readonly value: string;
  readonly templateIds: readonly string[];
}

const searchPageSchema = z.object({
  matches: z.array(z.object({ id: z.string(), is_deleted: z.boolean() })),
  cursor: z.string().nullish(),
});

/** All files of which a field has a value, deleted ones included. */
export async function searchProperties(
  transport: Transport,
  { field, value, templateIds, signal }: SearchOptions,
): Promise<readonly SearchMatch[]> {
  const operation = 'search for the key';
  const route = 'file_properties/properties/search';
  const argument = {
    queries: [{ query: value, mode: { '.tag': 'field_name', field_name: field } }],
    template_filter: { '.tag': 'filter_some', filter_some: templateIds },
  };
  let page = (await transport.rpc({ operation, route, caller, argument, signal })).json(searchPageSchema);
  const matches = [...page.matches];
  // Dropbox does not say how many matches a page has, nor that a page without a match is the last.
  while (page.cursor != null) {
    page = (await transport.rpc({ operation, route: `${route}/continue`, caller, argument: { cursor: page.cursor }, signal })).json(
      searchPageSchema,
    );
    matches.push(...page.matches);
  }
  return matches;
}

/** The routes for templates exist twice: for those of a user and for those of a team. */
export interface TemplateOptions extends CallSignal {
  readonly owner: 'user' | 'team';
}

export async function listTemplates(transport: Transport, { owner, signal }: TemplateOptions): Promise<readonly string[]> {
  const answer = await transport.rpc({ operation: 'list the property templates', ...routeFor('list', owner), argument: null, signal });
  return answer.json(z.object({ template_ids: z.array(z.string()) })).template_ids;
}

export async function readTemplate(
  transport: Transport,
  { owner, id, signal }: TemplateOptions & { readonly id: string },
): Promise<Template> {
  const answer = await transport.rpc({
    operation: 'read the property template',
    ...routeFor('get', owner),
    argument: { template_id: id },
    signal,
  });
  return answer.json(z.object({ name: z.string(), fields: z.array(z.object({ name: z.string() })) }));
}

interface NewTemplate extends TemplateOptions {
  readonly name: string;
  readonly description: string;
  readonly fields: readonly TemplateField[];
}

export async function addTemplate(transport: Transport, { owner, name, description, fields, signal }: NewTemplate): Promise<string> {
  const argument = { name, description, fields: fields.map(stringField) };
  const answer = await transport.rpc({
    operation: 'make the property template',
    ...routeFor('add', owner),
    argument,
    repeat: 'after-refusal',
    signal,
  });
  return answer.json(z.object({ template_id: z.string() })).template_id;
}

/** Adds fields to a template. Fields that another process has added meanwhile are fine. */
export async function addTemplateFields(
  transport: Transport,
  { owner, id, fields, signal }: TemplateOptions & { readonly id: string; readonly fields: readonly TemplateField[] },
): Promise<void> {
  const argument = { template_id: id, add_fields: fields.map(stringField) };
  const refusals = /^conflicting_property_names$/;
  await transport.rpc({ operation: 'enlarge the property template', ...routeFor('update', owner), argument, refusals, signal });
}

function routeFor(verb: string, owner: 'user' | 'team'): Pick<RouteCall, 'route' | 'caller'> {
  return { route: `file_properties/templates/${verb}_for_${owner}`, caller: owner === 'team' ? 'team' : 'anyone' };
}

function stringField({ name, description }: TemplateField): object {
  return { name, description, type: { '.tag': 'string' } };
}
