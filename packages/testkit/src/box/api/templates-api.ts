import { randomUUID } from 'node:crypto';
import type { Router } from '../../emulator/router.ts';
import type { MetadataTemplate, TemplateField } from '../box-item.ts';
import { BoxRefusal } from '../box-refusal.ts';
import { representItem } from '../represent-item.ts';
import { type BoxCall, readJson, textIn } from './box-call.ts';

/** Metadata templates, and the query that finds files by their metadata. */
export function addTemplateRoutes(router: Router<BoxCall>): void {
  router
    .on('GET', '/metadata_templates/:scope/:key/schema', ({ params, context: call }) => {
      const template = call.enterprise.templates.get(nameOf(call, params));
      if (template === undefined) throw new BoxRefusal(404, 'not_found');
      return Response.json(represent(template));
    })
    .on('POST', '/metadata_templates/schema', async ({ request, context: call }) => {
      const body = await readJson(request, call);
      if (!call.behaviour.canManageTemplates) throw new BoxRefusal(403, 'access_denied_insufficient_permissions');
      if (textIn(body, 'scope') !== 'enterprise') throw new BoxRefusal(400, 'bad_request');
      const template: MetadataTemplate = {
        id: randomUUID(),
        scope: call.enterprise.scope,
        templateKey: textIn(body, 'templateKey'),
        displayName: textIn(body, 'displayName'),
        hidden: body['hidden'] === true,
        copyInstanceOnItemCopy: body['copyInstanceOnItemCopy'] === true,
        fields: (body['fields'] as readonly TemplateField[] | undefined) ?? [],
      };
      const name = `${template.scope}.${template.templateKey}`;
      if (call.enterprise.templates.has(name)) throw new BoxRefusal(409, 'tuple_already_exists');
      call.enterprise.templates.set(name, template);
      return Response.json(represent(template), { status: 201 });
    })
    .on('POST', '/metadata_queries/execute_read', async ({ request, context: call }) => {
      const query = await readJson(request, call);
      const { from } = query;
      if (typeof from !== 'string' || !call.enterprise.templates.has(from)) throw new BoxRefusal(404, 'instance_not_found');
      const files = matchingFiles(call, query);
      const fields = (query['fields'] as readonly string[] | undefined)?.join(',') ?? 'id';
      const limit = Math.min(100, Number(query['limit'] ?? 100));
      return Response.json({ entries: files.slice(0, limit).map((file) => representItem(file, call, fields)), limit });
    });
}

function matchingFiles({ enterprise, userId }: BoxCall, query: Readonly<Record<string, unknown>>) {
  const { from, query: text, query_params: parameters, ancestor_folder_id: ancestor } = query;
  const condition = /^(\w+) = :(\w+)$/.exec(typeof text === 'string' ? text : '');
  if (condition === null || typeof ancestor !== 'string') throw new BoxRefusal(400, 'unsupported_query');
  const [, field = '', parameter = ''] = condition;
  const wanted = (parameters as Readonly<Record<string, unknown>> | undefined)?.[parameter];
  return [...enterprise.files.values()].filter(
    (file) =>
      !file.isTrashed &&
      file.metadata.get(String(from))?.values[field] === wanted &&
      enterprise.roleIn(file.parentId, userId) !== undefined &&
      enterprise.ancestryOf(file.parentId).some(({ id }) => id === ancestor),
  );
}

function nameOf({ enterprise }: BoxCall, { scope, key }: Readonly<Record<string, string>>): string {
  return `${scope === 'enterprise' ? enterprise.scope : scope}.${key}`;
}

function represent(template: MetadataTemplate): unknown {
  const fields = template.fields.map((field) => ({ id: randomUUID(), hidden: false, ...field }));
  return { type: 'metadata_template', ...template, fields };
}
