import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'oxc-parser';

type Node = Record<string, unknown>;

/** Knows the members of interfaces and type aliases. Parses their sources when it is first asked. */
export class TypeMembers {
  readonly #sources: readonly string[];
  readonly #others: TypeMembers | undefined;
  #declarations: ReadonlyMap<string, Node> | undefined;

  /** `others` is asked for types that the sources do not declare. */
  constructor(sources: readonly string[], others?: TypeMembers) {
    this.#sources = sources;
    this.#others = others;
  }

  /** Of the TypeScript below a folder. */
  static below(folder: string, others?: TypeMembers): TypeMembers {
    const files = globSync('**/src/**/*.ts', { cwd: folder, exclude: (path) => path.includes('node_modules') });
    return new TypeMembers(
      files.map((file) => readFileSync(join(folder, file), 'utf8')),
      others,
    );
  }

  /** Names of the members, those that it inherits or is put together from included, or the words of a union. Undefined for an unknown type. */
  of(name: string): readonly string[] | undefined {
    this.#declarations ??= new Map(this.#sources.flatMap(declarationsIn));
    const declaration = this.#declarations.get(name);
    return declaration === undefined ? this.#others?.of(name) : [...new Set(this.#membersOf(declaration))];
  }

  #membersOf(node: Node): readonly string[] {
    switch (node['type']) {
      case 'TSInterfaceDeclaration':
        return [...(node['extends'] as Node[]), ...((node['body'] as Node)['body'] as Node[])].flatMap((part) => this.#membersOf(part));
      case 'TSTypeAliasDeclaration':
        return this.#membersOf(node['typeAnnotation'] as Node);
      case 'TSUnionType':
      case 'TSIntersectionType':
        return (node['types'] as Node[]).flatMap((type) => this.#membersOf(type));
      case 'TSTypeLiteral':
        return (node['members'] as Node[]).flatMap((member) => this.#membersOf(member));
      case 'TSPropertySignature':
      case 'TSMethodSignature':
        return [nameOf(node['key'])];
      case 'TSLiteralType':
        return [String((node['literal'] as Node)['value'])];
      case 'TSInterfaceHeritage':
        return this.#named(nameOf(node['expression']), node['typeArguments']);
      case 'TSTypeReference':
        return this.#named(nameOf(node['typeName']), node['typeArguments']);
      default:
        return [];
    }
  }

  /** `Pick<Other, 'a' | 'b'>` has a and b. */
  #named(name: string, given: unknown): readonly string[] {
    if (name !== 'Pick') return this.of(name) ?? [];
    const [, picked] = (given as { params: Node[] }).params;
    return picked === undefined ? [] : this.#membersOf(picked);
  }
}

function declarationsIn(source: string): [string, Node][] {
  const statements = parseSync('source.ts', source).program.body as unknown as Node[];
  const declared = statements.map((statement) =>
    statement['type'] === 'ExportNamedDeclaration' ? (statement['declaration'] as Node) : statement,
  );
  return declared
    .filter((node) => /^TS(Interface|TypeAlias)Declaration$/.test(String(node?.['type'])))
    .map((node) => [nameOf(node['id']), node]);
}

function nameOf(node: unknown): string {
  return (node as { readonly name?: string }).name ?? '';
}
