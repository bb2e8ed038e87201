import { parseSync } from 'oxc-parser';

/** One module that a file names, in whichever way. */
export interface Import {
  /** Undefined when the name is computed, so that no reader can know it. */
  readonly specifier: string | undefined;
  readonly line: number;
}

/**
 * Every module that a TypeScript or JavaScript file names: imports, re-exports, type imports (also `import('x').Y` inside a type), `import()`,
 * `require()`, `require.resolve()` and `import.meta.resolve()`.
 *
 * Throws when the file cannot be parsed: what cannot be read is not known to be allowed.
 */
export function readImports(source: string, options: { readonly file: string }): Import[] {
  const { program, errors } = parseSync(options.file, source);
  const [error] = errors;
  if (error !== undefined) throw new Error(`${options.file}: ${error.message}`);
  const imports: Import[] = [];
  visit(program, (node) => {
    const named = namedModule(node);
    if (named === undefined) return;
    const line = source.slice(0, node['start'] as number).split('\n').length;
    imports.push({ specifier: textOf(named), line });
  });
  return imports;
}

type Node = Record<string, unknown>;

/** The expression with which a node names a module; undefined when it names none. */
function namedModule(node: Node): unknown {
  switch (node['type']) {
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration':
    case 'ImportExpression':
    case 'TSImportType':
      return node['source'] ?? undefined;
    case 'TSExternalModuleReference':
      return node['expression'];
    case 'CallExpression':
      return loads(node['callee']) ? ((node['arguments'] as unknown[])[0] ?? {}) : undefined;
    default:
      return undefined;
  }
}

function loads(callee: unknown): boolean {
  if (!isNode(callee)) return false;
  if (callee['name'] === 'require') return true;
  const { object, property } = callee;
  if (!isNode(object) || !isNode(property) || property['name'] !== 'resolve') return false;
  return object['name'] === 'require' || object['type'] === 'MetaProperty';
}

function textOf(expression: unknown): string | undefined {
  if (!isNode(expression)) return undefined;
  if (typeof expression['value'] === 'string') return expression['value'];
  const quasis = expression['type'] === 'TemplateLiteral' ? (expression['quasis'] as { value: { cooked: string } }[]) : [];
  return quasis.length === 1 ? quasis[0]?.value.cooked : undefined;
}

function visit(value: unknown, each: (node: Node) => void): void {
  if (Array.isArray(value)) {
    for (const item of value) visit(item, each);
  } else if (isNode(value)) {
    if (typeof value['type'] === 'string') each(value);
    for (const child of Object.values(value)) visit(child, each);
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null;
}
