import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { BoxExchange } from '@spotdraft-archive/testkit';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

type Json = Readonly<Record<string, unknown>>;

interface Operation {
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Json }>> };
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, { readonly schema: Json }>> }>>;
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required?: boolean }[];
}

interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Json };
}

/** What the description leaves out and Box documents elsewhere, so that it may appear all the same. */
const undescribed: readonly RegExp[] = [/^OPTIONS \/files\/content 409 response/];

/** Compares requests and answers with Box's own description of its API. */
export interface BoxDescription {
  /** Notes what an exchange has that the description does not, and what it lacks. */
  compare(exchange: BoxExchange): void;
  /** Throws what was noted since it was last asked. */
  throwDifferences(): void;
}

let loaded: BoxDescription | undefined;

/** `undefined` where the reference folder does not lie beside the repository. */
export function boxDescription(): BoxDescription | undefined {
  const description = loaded ?? readDescription();
  if (description === undefined || 'compare' in description) return description;
  loaded = compareWith(description);
  return loaded;
}

function compareWith(description: Description): BoxDescription {
  const templates = Object.entries(description.paths).map(([path, operations]) => ({ path, operations, pattern: patternOf(path) }));
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
  ajv.addSchema({ $id: 'box', components: strictly({ schemas: description.components.schemas }, false) });
  const compiled = new Map<string, ValidateFunction>();
  const differences = new Set<string>();

  const check = (name: string, schema: Json, value: unknown) => {
    const validate = compiled.get(name) ?? ajv.compile(strictly(schema, true) as Json);
    compiled.set(name, validate);
    if (validate(withoutNulls(value)) || undescribed.some((pattern) => pattern.test(name))) return;
    for (const { instancePath, message, params } of validate.errors ?? []) {
      differences.add(`${name} ${instancePath}: ${message} ${JSON.stringify(params)}`);
    }
  };

  return {
    compare({ method, path, query, status, requestBody, responseBody }) {
      // `/files/content` is not a file whose id is `content`.
      const template = templates
        .filter(({ pattern, operations }) => pattern.test(path) && method.toLowerCase() in operations)
        .toSorted(
          (first, second) => first.path.split('{').length - second.path.split('{').length || first.path.length - second.path.length,
        )[0];
      const operation = template?.operations[method.toLowerCase()];
      if (operation === undefined) {
        differences.add(`${method} ${path}: not described`);
        return;
      }
      const name = `${method} ${template?.path}`;
      const known = new Set(operation.parameters?.filter((parameter) => parameter.in === 'query').map((parameter) => parameter.name));
      // The commit takes `fields` like every endpoint that answers files, though it is not listed there.
      for (const parameter of query.keys()) {
        if (!known.has(parameter) && parameter !== 'fields') differences.add(`${name}: unknown parameter ${parameter}`);
      }
      const requestSchema = Object.values(operation.requestBody?.content ?? {})[0]?.schema;
      if (requestSchema !== undefined && requestBody !== undefined) check(`${name} request`, requestSchema, requestBody);
      if (requestSchema === undefined && requestBody !== undefined) differences.add(`${name}: takes no body`);
      // Creating an instance or a version is described with one of the two statuses of success.
      const described =
        operation.responses[status] ??
        (status < 300 ? (operation.responses['200'] ?? operation.responses['201']) : operation.responses['default']);
      const responseSchema = Object.values(described?.content ?? {})[0]?.schema;
      if (responseSchema !== undefined && responseBody !== undefined) check(`${name} ${status} response`, responseSchema, responseBody);
    },
    throwDifferences() {
      const found = [...differences];
      differences.clear();
      if (found.length > 0) throw new Error(`Not as Box describes its API:\n${found.join('\n')}`);
    },
  };
}

function readDescription(): Description | undefined {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, 'pnpm-workspace.yaml'))) folder = dirname(folder);
  const file = join(folder, '..', 'shared', 'reference', 'provider-specs', 'box.openapi.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Description) : undefined;
}

function patternOf(template: string): RegExp {
  return new RegExp(`^${template.replace(/#.*$/, '').replaceAll(/\{\w+\}/g, '[^/]+')}$`);
}

/** OpenAPI 3.0 as JSON Schema, in which an object has no fields but those described. Parts of an `allOf` are open: only the whole is closed. */
function strictly(schema: unknown, isWhole: boolean): unknown {
  if (Array.isArray(schema)) return schema.map((each) => strictly(each, isWhole));
  if (typeof schema !== 'object' || schema === null) return schema;
  const { nullable, example: _example, discriminator: _discriminator, enum: values, ...rest } = schema as Json;
  // Of its error codes Box lists a few only.
  const isErrorCode = Array.isArray(values) && values.includes('too_many_requests');
  const converted: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(rest)) {
    if (name === '$ref') converted[name] = String(value).replace('#/', 'box#/');
    else if (name === 'properties' || name === 'schemas') {
      converted[name] = Object.fromEntries(
        Object.entries(value as Json).map(([key, each]) => [key, strictly(each, name === 'properties')]),
      );
    } else if (name === 'required') {
      // A shared link is said to need `accessed`, which is described nowhere: it has `access`.
      converted[name] = (value as readonly string[]).filter((field) => field !== 'accessed');
    } else if (name === 'allOf') converted[name] = strictly(value, false);
    else if (['items', 'oneOf', 'anyOf', 'additionalProperties'].includes(name)) converted[name] = strictly(value, true);
    else converted[name] = value;
  }
  if (values !== undefined && !isErrorCode) converted['enum'] = values;
  const isObject = 'properties' in converted || 'allOf' in converted || '$ref' in converted;
  if (isWhole && isObject && converted['additionalProperties'] === undefined) converted['unevaluatedProperties'] = false;
  return nullable === true ? { anyOf: [converted, { type: 'null' }] } : converted;
}

/** Box answers `null` for what an item does not have, whether described so or not. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).flatMap(([name, each]) => (each === null ? [] : [[name, withoutNulls(each)]])));
}
