import { invalid } from '../drive-error.ts';

/** The fields asked for: `true` for all of something. */
type Mask = { [name: string]: Mask | true };

/** Cuts an answer to the fields that `fields` names. https://developers.google.com/workspace/drive/api/guides/fields-parameter */
export function applyFieldMask(value: unknown, fields: string): unknown {
  return cut(value, parseMask(fields));
}

function cut(value: unknown, mask: Mask | true): unknown {
  if (mask === true || '*' in mask) return value;
  if (Array.isArray(value)) return value.map((each: unknown) => cut(each, mask));
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([name]) => name in mask);
  return Object.fromEntries(kept.map(([name, each]) => [name, cut(each, mask[name] ?? true)]));
}

function parseMask(fields: string): Mask {
  const tokens = fields.match(/[\w*.$-]+|[(),/]/g) ?? [];
  if (tokens.join('') !== fields.replaceAll(/\s/g, '')) throw invalid(`Invalid field selection ${fields}`);
  const mask = parseList(tokens);
  if (tokens.length > 0) throw invalid(`Invalid field selection ${fields}`);
  return mask;
}

function parseList(tokens: string[]): Mask {
  const mask: Mask = {};
  do parseField(tokens, mask);
  while (tokens[0] === ',' && tokens.shift());
  return mask;
}

function parseField(tokens: string[], mask: Mask): void {
  const name = tokens.shift();
  if (name === undefined || /^[(),/]$/.test(name)) throw invalid('Invalid field selection');
  if (tokens[0] === '/') {
    tokens.shift();
    const known = mask[name];
    const below: Mask = typeof known === 'object' ? known : {};
    parseField(tokens, below);
    mask[name] = below;
  } else if (tokens[0] === '(') {
    tokens.shift();
    mask[name] = parseList(tokens);
    if (tokens.shift() !== ')') throw invalid('Invalid field selection');
  } else {
    mask[name] = true;
  }
}
