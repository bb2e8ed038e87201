import { existsSync, readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

type Json = Readonly<Record<string, unknown>>;

const descriptionFile: URL = new URL('../../../../shared/reference/provider-specs/graph-drive.openapi.json', import.meta.url);

export interface GraphDescription {
  /** Notes what a value has that the type has not, and properties of another kind. */
  compare(type: string, value: unknown): void;
  readonly differences: ReadonlySet<string>;
}

/** Microsoft's own description of Graph's types; `undefined` where the reference folder does not lie beside the repository. */
export function graphDescription(): GraphDescription | undefined {
  if (!existsSync(descriptionFile)) return undefined;
  const { components } = JSON.parse(readFileSync(descriptionFile, 'utf8')) as { components: { schemas: Record<string, Json> } };
  const schemas = Object.fromEntries(
    Object.entries(components.schemas).map(([name, schema]) => [name, closed(schema, components.schemas)]),
  );
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
  ajv.addSchema({ $id: 'graph', components: { schemas } });
  const compiled = new Map<string, ValidateFunction>();
  const differences = new Set<string>();
  return {
    differences,
    compare(type, value) {
      const validate = compiled.get(type) ?? ajv.compile({ $ref: `graph#/components/schemas/microsoft.graph.${type}` });
      compiled.set(type, validate);
      if (validate(value)) return;
      for (const { instancePath, message, params } of validate.errors ?? []) {
        if (message !== 'must be null') differences.add(`${type}${instancePath}: ${message} ${JSON.stringify(params)}`);
      }
    },
  };
}

/** The same type with what it inherits, closed to unknown properties. Annotations such as `@odata.etag` may come with everything. */
function closed(schema: Json, schemas: Readonly<Record<string, Json>>): Json {
  if (schema.type !== 'object' && schema.allOf === undefined) return schema;
  const properties = propertiesOf(schema, schemas);
  // What the columns of a library are called is nobody's to describe.
  const isOpen = Object.keys(properties).every((name) => name === 'id' || name.startsWith('@'));
  return { type: 'object', properties, patternProperties: { '^@': {} }, additionalProperties: isOpen };
}

function propertiesOf(schema: Json, schemas: Readonly<Record<string, Json>>): Record<string, unknown> {
  const parts = (schema.allOf as readonly Json[] | undefined) ?? [schema];
  const inherited = parts.map(({ $ref, properties }) => {
    const parent = typeof $ref === 'string' ? schemas[$ref.split('/').at(-1) ?? ''] : undefined;
    return parent === undefined ? ((properties as Record<string, unknown> | undefined) ?? {}) : propertiesOf(parent, schemas);
  });
  return Object.assign({}, ...inherited) as Record<string, unknown>;
}
