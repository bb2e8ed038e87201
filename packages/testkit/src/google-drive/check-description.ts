import { z } from 'zod';

interface Schema {
  readonly $ref?: string | undefined;
  readonly type?: string | undefined;
  readonly properties?: Readonly<Record<string, Schema>> | undefined;
  readonly additionalProperties?: Schema | undefined;
  readonly items?: Schema | undefined;
}

const schemaSchema: z.ZodType<Schema> = z.lazy(() =>
  z.object({
    $ref: z.string().optional(),
    type: z.string().optional(),
    properties: z.record(z.string(), schemaSchema).optional(),
    additionalProperties: schemaSchema.optional(),
    items: schemaSchema.optional(),
  }),
);
interface Method {
  readonly id: string;
  readonly httpMethod: string;
  readonly path: string;
  readonly parameters: Readonly<Record<string, { readonly required?: boolean | undefined; readonly location?: string | undefined }>>;
  readonly request?: Schema | undefined;
  readonly response?: Schema | undefined;
  readonly mediaUpload?: object | undefined;
}

const methodSchema: z.ZodType<Method> = z.object({
  id: z.string(),
  httpMethod: z.string(),
  path: z.string(),
  parameters: z.record(z.string(), z.object({ required: z.boolean().optional(), location: z.string().optional() })).default({}),
  request: schemaSchema.optional(),
  response: schemaSchema.optional(),
  mediaUpload: z.object({}).optional(),
});

const descriptionSchema = z.object({
  parameters: z.record(z.string(), z.object({})),
  resources: z.record(z.string(), z.object({ methods: z.record(z.string(), methodSchema) })),
  schemas: z.record(z.string(), schemaSchema),
});

/** What the upload protocol adds, which the description leaves out. */
const protocolParameters = ['uploadType', 'upload_id'];

/** Compares requests and answers with Google's description of the API: methods, query parameters, and the fields of JSON bodies. */
export class DriveDescription {
  readonly violations: string[] = [];
  readonly #methods: readonly Method[];
  readonly #schemas: Readonly<Record<string, Schema>>;
  readonly #parameters: ReadonlySet<string>;

  constructor(description: unknown) {
    const { parameters, resources, schemas } = descriptionSchema.parse(description);
    this.#methods = Object.values(resources).flatMap(({ methods }) => Object.values(methods));
    this.#schemas = schemas;
    this.#parameters = new Set([...Object.keys(parameters), ...protocolParameters]);
  }

  /** The method that a request calls. Notes a request that calls none, and query parameters that the method does not have. */
  checkRequest(httpMethod: string, url: URL): Method | undefined {
    const path = url.pathname.replace(/^\/(upload\/)?drive\/v3\//, '');
    const isUpload = url.pathname.startsWith('/upload/');
    const method = this.#methods.find((each) => each.httpMethod === httpMethod && fits(each.path, path) && (!isUpload || each.mediaUpload));
    if (method === undefined) {
      this.violations.push(`${httpMethod} ${url.pathname} is no method of the API.`);
      return undefined;
    }
    for (const name of url.searchParams.keys()) {
      if (!(name in method.parameters) && !this.#parameters.has(name)) this.violations.push(`${method.id} has no parameter "${name}".`);
    }
    for (const [name, { required = false, location }] of Object.entries(method.parameters)) {
      if (required && location === 'query' && !url.searchParams.has(name))
        this.violations.push(`${method.id} needs the parameter "${name}".`);
    }
    return method;
  }

  checkRequestBody(method: Method | undefined, json: unknown): void {
    if (method?.request) this.#check(json, method.request, `${method.id} request`);
  }

  checkAnswer(method: Method | undefined, json: unknown): void {
    if (method?.response) this.#check(json, method.response, `${method.id} answer`);
  }

  #check(value: unknown, schema: Schema, place: string): void {
    const { type, properties = {}, additionalProperties, items } = schema.$ref === undefined ? schema : (this.#schemas[schema.$ref] ?? {});
    if (!isOfType(value, type)) this.violations.push(`${place} is not of type ${type}.`);
    if (Array.isArray(value) && items) for (const each of value) this.#check(each, items, `${place}[]`);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
    for (const [name, each] of Object.entries(value)) {
      const below = properties[name] ?? additionalProperties;
      if (below === undefined) this.violations.push(`${place}.${name} is not described.`);
      else if (each !== null) this.#check(each, below, `${place}.${name}`);
    }
  }
}

function fits(template: string, path: string): boolean {
  const parts = path.split('/');
  const wanted = template.split('/');
  return parts.length === wanted.length && wanted.every((part, index) => part.startsWith('{') || part === parts[index]);
}

function isOfType(value: unknown, type: string | undefined): boolean {
  switch (type) {
    case 'array':
      return Array.isArray(value);
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value);
    case 'integer':
      return Number.isInteger(value);
    case 'string':
    case 'boolean':
    case 'number':
      return typeof value === type;
    default:
      return true;
  }
}
