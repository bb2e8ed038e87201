import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

let description: unknown;

/** Google's own description of the Drive API, where the reference folder lies beside the repository. */
export function driveDescription(): unknown {
  description ??= readDescription();
  return description;
}

function readDescription(): unknown {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, 'pnpm-workspace.yaml'))) folder = dirname(folder);
  const file = join(folder, '..', 'shared', 'reference', 'provider-specs', 'drive-v3.discovery.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}
