import { invalid } from '../drive-error.ts';

/** People who may do something; who may write may read too. */
const memberRoles = ['owners', 'writers', 'readers'] as const;
export type MemberRole = (typeof memberRoles)[number];

const flags = ['trashed', 'starred', 'sharedWithMe'] as const;
type Flag = (typeof flags)[number];

/** A comparison of the search language. https://developers.google.com/workspace/drive/api/guides/ref-search-terms */
export type SearchTerm =
  | { readonly kind: 'parent'; readonly id: string }
  | { readonly kind: 'name' | 'mimeType'; readonly operator: '=' | '!=' | 'contains'; readonly value: string }
  | { readonly kind: 'member'; readonly role: MemberRole; readonly account: string }
  | { readonly kind: Flag; readonly value: boolean }
  | { readonly kind: 'time'; readonly field: 'createdTime' | 'modifiedTime'; readonly operator: string; readonly value: number }
  | { readonly kind: 'property'; readonly scope: 'properties' | 'appProperties'; readonly name: string; readonly value: string };

export type SearchExpression =
  | { readonly kind: 'term'; readonly term: SearchTerm }
  | { readonly kind: 'not'; readonly expression: SearchExpression }
  | { readonly kind: 'and' | 'or'; readonly left: SearchExpression; readonly right: SearchExpression };

const tokenPattern = /\s*(?:'((?:[^'\\]|\\['\\])*)'|(<=|>=|!=|[=<>(){}])|([A-Za-z]+))/y;

interface Token {
  readonly text: string;
  readonly isString: boolean;
}

/** Parses a `q`. Throws the API's `invalid` for what it does not understand. */
export function parseSearchQuery(query: string): SearchExpression {
  const parser = new Parser(tokenize(query));
  const expression = parser.expression();
  parser.end();
  return expression;
}

function tokenize(query: string): Token[] {
  const tokens: Token[] = [];
  const pattern = new RegExp(tokenPattern);
  const text = query.trimEnd();
  while (pattern.lastIndex < text.length) {
    const found = pattern.exec(text);
    if (found === null) throw invalid('Invalid Value');
    const [, quoted, symbol, word] = found;
    if (quoted === undefined) tokens.push({ text: symbol ?? word ?? '', isString: false });
    else tokens.push({ text: quoted.replaceAll(/\\(.)/g, '$1'), isString: true });
  }
  return tokens;
}

class Parser {
  readonly #tokens: Token[];

  constructor(tokens: Token[]) {
    this.#tokens = tokens;
  }

  expression(): SearchExpression {
    let left = this.#unary();
    for (let word = this.#peek(); word === 'and' || word === 'or'; word = this.#peek()) {
      this.#tokens.shift();
      left = { kind: word, left, right: this.#unary() };
    }
    return left;
  }

  end(): void {
    if (this.#tokens.length > 0) throw invalid('Invalid Value');
  }

  #unary(): SearchExpression {
    if (this.#take('not')) return { kind: 'not', expression: this.#unary() };
    if (this.#take('(')) {
      const expression = this.expression();
      this.#expect(')');
      return expression;
    }
    return { kind: 'term', term: this.#term() };
  }

  #term(): SearchTerm {
    if (this.#tokens[0]?.isString) {
      const id = this.#string();
      this.#expect('in');
      const place = this.#word();
      if (place === 'parents') return { kind: 'parent', id };
      return { kind: 'member', role: this.#oneOf(memberRoles, place), account: id };
    }
    const field = this.#word();
    if (field === 'properties' || field === 'appProperties') return this.#property(field);
    const flag = flags.find((each) => each === field);
    if (flag !== undefined) return { kind: flag, value: this.#flagValue(flag) };
    const operator = this.#word();
    if (field === 'name' || field === 'mimeType') {
      if (operator === '=' || operator === '!=' || operator === 'contains') return { kind: field, operator, value: this.#string() };
    }
    if (field === 'createdTime' || field === 'modifiedTime') return { kind: 'time', field, operator, value: Date.parse(this.#string()) };
    throw invalid('Invalid Value');
  }

  #flagValue(flag: Flag): boolean {
    // https://developers.google.com/workspace/drive/api/guides/search-files writes this one alone.
    if (flag === 'sharedWithMe' && this.#peek() !== '=' && this.#peek() !== '!=') return true;
    const isNegative = this.#take('!=');
    if (!isNegative) this.#expect('=');
    return (this.#oneOf(['true', 'false'], this.#word()) === 'true') !== isNegative;
  }

  #oneOf<Word extends string>(words: readonly Word[], given: string): Word {
    const found = words.find((word) => word === given);
    if (found === undefined) throw invalid('Invalid Value');
    return found;
  }

  #property(scope: 'properties' | 'appProperties'): SearchTerm {
    for (const word of ['has', '{', 'key', '=']) this.#expect(word);
    const name = this.#string();
    for (const word of ['and', 'value', '=']) this.#expect(word);
    const value = this.#string();
    this.#expect('}');
    return { kind: 'property', scope, name, value };
  }

  #peek(): string | undefined {
    const token = this.#tokens[0];
    return token?.isString === false ? token.text : undefined;
  }

  #take(text: string): boolean {
    if (this.#peek() !== text) return false;
    this.#tokens.shift();
    return true;
  }

  #expect(text: string): void {
    if (!this.#take(text)) throw invalid('Invalid Value');
  }

  #word(): string {
    const token = this.#tokens.shift();
    if (token === undefined || token.isString) throw invalid('Invalid Value');
    return token.text;
  }

  #string(): string {
    const token = this.#tokens.shift();
    if (token === undefined || !token.isString) throw invalid('Invalid Value');
    return token.text;
  }
}
