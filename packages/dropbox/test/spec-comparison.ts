import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { DropboxExchange } from '@spotdraft-archive/testkit';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

export interface SpecComparison {
  readonly onExchange: (exchange: DropboxExchange) => void;
  /** Throws when something did not fit Dropbox's description. */
  throwFindings(): void;
}

interface Schema {
  readonly [keyword: string]: unknown;
}

interface Spec {
  readonly routes: Readonly<Record<string, Readonly<Record<'arg' | 'result' | 'error', Schema>>>>;
  readonly $defs: Readonly<Record<string, Schema>>;
}

const parts = { argument: 'arg', result: 'result', error: 'error' } as const;

/** Compares what goes over the wire with Dropbox's own description, when that lies beside the repository. Unknown fields count as wrong. */
export function compareWithSpec(): SpecComparison {
  const findings = new Set<string>();
  return {
    onExchange({ route, kind, value }) {
      const validate = validatorFor(route, kind);
      if (validate === undefined || validate(value)) return;
      const [error] = validate.errors ?? [];
      findings.add(`${route} ${kind} ${error?.instancePath} ${error?.message} ${JSON.stringify(error?.params)}: ${JSON.stringify(value)}`);
    },
    throwFindings() {
      if (findings.size > 0) throw new Error(`Not as Dropbox describes it:\n${[...findings].join('\n')}`);
    },
  };
}

/** Routes that Dropbox's description has dropped, though older clients call them. */
const undescribed = /^files\/upload_session\/finish_batch(\/check)?$/;

const validators = new Map<string, ValidateFunction>();
let loaded: { readonly ajv: Ajv2020; readonly spec: Spec } | undefined;

function validatorFor(route: string, kind: DropboxExchange['kind']): ValidateFunction | undefined {
  const path = specPath();
  if (path === undefined || undescribed.test(route)) return undefined;
  loaded ??= load(path);
  const { ajv, spec } = loaded;
  const name = `${route} ${kind}`;
  const validate = validators.get(name) ?? ajv.compile(strict(spec.routes[route]?.[parts[kind]] ?? false) as Schema);
  validators.set(name, validate);
  return validate;
}

function load(path: string) {
  const spec = JSON.parse(readFileSync(path, 'utf8')) as Spec;
  const ajv = new Ajv2020({ strict: false, allErrors: false });
  // Every definition exists twice: by itself, where it knows no further fields, and as a part of another, where it must let those of the whole pass.
  for (const [name, schema] of Object.entries(spec.$defs)) {
    ajv.addSchema({ ...(strict(schema) as Schema), $id: `whole:${name}` });
    ajv.addSchema({ ...(open(schema) as Schema), $id: `part:${name}` });
  }
  return { ajv, spec };
}

/** The same schema, which refuses fields that it does not name. */
function strict(schema: unknown): unknown {
  const opened = open(schema, 'whole');
  if (!isSchema(opened)) return opened;
  return opened.properties !== undefined || opened.allOf !== undefined ? { ...opened, unevaluatedProperties: false } : opened;
}

/** The same schema, which lets further fields pass; schemas of its fields are strict. */
function open(schema: unknown, references: 'whole' | 'part' = 'part'): unknown {
  if (!isSchema(schema)) return schema;
  const opened: Record<string, unknown> = { ...schema };
  if (typeof schema.$ref === 'string') opened.$ref = `${references}:${schema.$ref.split('/').at(-1)}`;
  if (isSchema(schema.properties)) {
    opened.properties = Object.fromEntries(Object.entries(schema.properties).map(([name, each]) => [name, strict(each)]));
  }
  if (schema.items !== undefined) opened.items = strict(schema.items);
  if (Array.isArray(schema.anyOf)) opened.anyOf = schema.anyOf.map((each) => (references === 'whole' ? strict(each) : open(each)));
  if (Array.isArray(schema.allOf)) opened.allOf = schema.allOf.map((each) => open(each));
  return opened;
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null;
}

function specPath(): string | undefined {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, 'pnpm-workspace.yaml'))) {
    const parent = dirname(folder);
    if (parent === folder) return undefined;
    folder = parent;
  }
  const file = join(folder, '..', 'shared', 'reference', 'provider-specs', 'dropbox.schema.json');
  return existsSync(file) ? file : undefined;
}
