import { randomUUID } from 'node:crypto';
import type { Router } from '../../emulator/router.ts';
import type { BoxFile, MetadataInstance, MetadataValue } from '../box-item.ts';
import { BoxRefusal } from '../box-refusal.ts';
import type { BoxPermission } from '../box-role.ts';
import { representInstance } from '../represent-item.ts';
import { type BoxCall, type BoxRequest, fileFor, readJson } from './box-call.ts';

const path = '/files/:id/metadata/:scope/:template';

/** Metadata instances on files. */
export function addMetadataRoutes(router: Router<BoxCall>): void {
  router
    .on('GET', '/files/:id/metadata', ({ params, context: call }) => {
      const file = fileFor(call, params['id'] ?? '', 'see');
      const entries = [...file.metadata].map(([name, instance]) => representInstance(file, name, instance));
      return Response.json({ entries, limit: 100 });
    })
    .on('GET', path, (routed) => {
      const { file, name, instance } = find(routed, 'see');
      if (instance === undefined) throw new BoxRefusal(404, 'instance_not_found');
      return Response.json(representInstance(file, name, instance));
    })
    .on('POST', path, async (routed) => {
      const values = await readJson(routed.request, routed.context);
      const { file, name, instance } = find(routed, 'edit metadata');
      checkValues(routed.context, name, values);
      if (instance !== undefined) throw new BoxRefusal(409, 'tuple_already_exists');
      const created: MetadataInstance = { id: randomUUID(), version: 0, values: { ...values } as Record<string, MetadataValue> };
      file.metadata.set(name, created);
      return Response.json(representInstance(file, name, created), { status: 201 });
    })
    .on('PUT', path, async (routed) => {
      if (routed.request.headers.get('content-type')?.startsWith('application/json-patch+json') !== true) {
        throw new BoxRefusal(415, 'unsupported_media_type');
      }
      const operations = await readJson(routed.request, routed.context);
      const { file, name, instance } = find(routed, 'edit metadata');
      if (instance === undefined) throw new BoxRefusal(404, 'instance_not_found');
      const values = applyPatch(instance.values, operations);
      checkValues(routed.context, name, values);
      instance.values = values;
      instance.version += 1;
      return Response.json(representInstance(file, name, instance));
    })
    .on('DELETE', path, (routed) => {
      const { file, name, instance } = find(routed, 'edit metadata');
      if (instance === undefined) throw new BoxRefusal(404, 'instance_not_found');
      file.metadata.delete(name);
      return new Response(null, { status: 204 });
    });
}

interface Found {
  readonly file: BoxFile;
  readonly name: string;
  readonly instance: MetadataInstance | undefined;
}

function find({ params, context: call }: BoxRequest, need: BoxPermission): Found {
  const file = fileFor(call, params['id'] ?? '', need);
  const { enterprise } = call;
  const scope = params['scope'] === 'enterprise' ? enterprise.scope : params['scope'];
  const name = `${scope}.${params['template']}`;
  if (name !== 'global.properties' && !enterprise.templates.has(name)) throw new BoxRefusal(404, 'not_found');
  return { file, name, instance: file.metadata.get(name) };
}

/** Only `global.properties` takes fields that no template has. */
function checkValues({ enterprise }: BoxCall, name: string, values: Readonly<Record<string, unknown>>): void {
  const fields = enterprise.templates.get(name)?.fields;
  for (const [key, value] of Object.entries(values)) {
    const field = fields?.find((candidate) => candidate.key === key);
    if (fields !== undefined && field === undefined) throw new BoxRefusal(400, 'schema_violation');
    const type = field?.type === 'float' ? 'number' : 'string';
    if (typeof value !== type) throw new BoxRefusal(400, 'schema_violation');
  }
}

/** JSON-Patch as far as Box takes it: one level, and `replace` only of what is there. */
function applyPatch(before: Readonly<Record<string, MetadataValue>>, operations: unknown): Record<string, MetadataValue> {
  if (!Array.isArray(operations)) throw new BoxRefusal(400, 'bad_request');
  const values = { ...before };
  for (const { op, path: pointer, value } of operations as { op: string; path: string; value?: MetadataValue }[]) {
    const key = pointer.slice(1).replaceAll('~1', '/').replaceAll('~0', '~');
    if (op !== 'add' && !(key in values)) throw new BoxRefusal(400, 'bad_request');
    if (op === 'test' && values[key] !== value) throw new BoxRefusal(412, 'precondition_failed');
    if (op === 'remove') delete values[key];
    if ((op === 'add' || op === 'replace') && value !== undefined) values[key] = value;
  }
  return values;
}
