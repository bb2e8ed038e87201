import { z } from 'zod';

interface Schema {
  readonly $ref?: string | undefined;
  readonly type?: string | undefined;
  readonly properties?: Readonly<Record<string, Schema>> | undefined;
  readonly items?: Schema | undefined;
  readonly allOf?: readonly Schema[] | undefined;
  readonly anyOf?: readonly Schema[] | undefined;
  readonly oneOf?: readonly Schema[] | undefined;
}

const schemaSchema: z.ZodType<Schema> = z.lazy(() =>
  z.object({
    $ref: z.string().optional(),
    type: z.string().optional(),
    properties: z.record(z.string(), schemaSchema).optional(),
    items: schemaSchema.optional(),
    allOf: z.array(schemaSchema).optional(),
    anyOf: z.array(schemaSchema).optional(),
    oneOf: z.array(schemaSchema).optional(),
  }),
);
const descriptionSchema = z.object({ components: z.object({ schemas: z.record(z.string(), schemaSchema) }) });

/** Which type an address takes and gives. Addresses by path and upload sessions are in no description, their types are. */
const answered: readonly (readonly [RegExp, string])[] = [
  [/\/createUploadSession$/, 'uploadSession'],
  [/\/lists?$/, 'list'],
  [/\/list\/columns$/, 'columnDefinition'],
  [/\/list\/items$/, 'listItem'],
  [/\/listItem\/fields$/, 'fieldValueSet'],
  [/\/retentionLabel$/, 'itemRetentionLabel'],
  [/\/drives$|\/drive$|\/drives\/[^/]+$/, 'drive'],
  [/\/sites\/[^/]+(:[^:]*)?$/, 'site'],
  [/\/(drives?\/|root|items)/, 'driveItem'],
];
/** Bodies that are no resource themselves: their parts have types of their own. */
const actions = /\/(createUploadSession|copy)$/;

/** Compares the JSON bodies of requests and answers with Microsoft's description of Graph: nothing that is not described, and of the right kind. */
export class GraphDescription {
  readonly #violations = new Set<string>();
  readonly #schemas: Readonly<Record<string, Schema>>;
  #compared = 0;

  constructor(description: unknown) {
    this.#schemas = descriptionSchema.parse(description).components.schemas;
  }

  /** Each once. */
  get violations(): readonly string[] {
    return [...this.#violations];
  }

  /** How many bodies were looked at. */
  get compared(): number {
    return this.#compared;
  }

  checkRequest(path: string, json: unknown): void {
    const type = typeOf(path);
    if (type !== undefined && !actions.test(path)) this.#compare(type, json, 'request');
  }

  checkAnswer(path: string, json: unknown): void {
    const type = typeOf(path);
    if (type === undefined || typeof json !== 'object' || json === null || 'error' in json) return;
    const values = 'value' in json && Array.isArray(json.value) ? json.value : [json];
    for (const value of values) this.#compare(type, value, 'answer');
  }

  checkSessionAnswer(json: unknown): void {
    if (typeof json === 'object' && json !== null) this.#compare('id' in json ? 'driveItem' : 'uploadSession', json, 'answer');
  }

  #compare(type: string, value: unknown, direction: string): void {
    this.#compared += 1;
    this.#check(value, { $ref: `microsoft.graph.${type}` }, `${direction} ${type}`);
  }

  #check(value: unknown, schema: Schema, place: string): void {
    if (value === null || value === undefined) return;
    const { type, items, ...rest } = this.#resolve(schema);
    if (!isOfType(value, type)) this.#violations.add(`${place} is not of type ${type}.`);
    if (Array.isArray(value)) return value.forEach((each) => this.#check(each, items ?? {}, `${place}[]`));
    const properties = rest.properties ?? {};
    // What the columns of a library are called, and what lies outside the description's scope, is not described.
    const isOpen = Object.keys(properties).every((name) => name === 'id' || name.startsWith('@'));
    if (typeof value !== 'object') return;
    for (const [name, each] of Object.entries(value)) {
      // Annotations such as `@odata.etag` come with everything.
      if (name.startsWith('@')) continue;
      const below = properties[name];
      if (below !== undefined) this.#check(each, below, `${place}.${name}`);
      else if (!isOpen) this.#violations.add(`${place}.${name} is not described.`);
    }
  }

  /** The schema itself: references followed, what it inherits added, and of alternatives the first. */
  #resolve(schema: Schema): Schema {
    const { $ref, allOf, anyOf = schema.oneOf } = schema;
    if ($ref !== undefined) return this.#resolve(this.#schemas[$ref.split('/').at(-1) ?? ''] ?? {});
    if (allOf !== undefined) {
      const parts = allOf.map((part) => this.#resolve(part));
      return { type: 'object', properties: Object.assign({}, ...parts.map(({ properties }) => properties)) };
    }
    return anyOf?.[0] === undefined ? schema : this.#resolve(anyOf[0]);
  }
}

function typeOf(path: string): string | undefined {
  return answered.find(([pattern]) => pattern.test(path))?.[1];
}

function isOfType(value: unknown, type: string | undefined): boolean {
  switch (type) {
    case 'array':
      return Array.isArray(value);
    case 'object':
      return typeof value === 'object' && !Array.isArray(value);
    case 'string':
    case 'boolean':
    case 'number':
      return typeof value === type;
    default:
      return true;
  }
}
