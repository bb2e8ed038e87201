import { existsSync, readFileSync } from 'node:fs';

const file: URL = new URL('../../../../shared/reference/provider-specs/graph-drive.openapi.json', import.meta.url);
let description: unknown;

/** Microsoft's own description of Graph's types; `undefined` where the reference folder does not lie beside the repository. */
export function graphDescription(): unknown {
  if (existsSync(file)) description ??= JSON.parse(readFileSync(file, 'utf8'));
  return description;
}
