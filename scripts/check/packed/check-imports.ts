import { join } from 'node:path';
import { fetchNode } from '../../toolchain/find-node.mjs';
import { runQuietly } from '../../toolchain/run-quietly.mjs';
import { withLock } from '../../toolchain/with-lock.mjs';
import type { Consumer } from './consumer.ts';

/** Imports and requires every entry of every package with one exact version of Node. Throws an error that names what cannot be. */
export async function checkImports(consumer: Consumer, options: { readonly repository: string; readonly node: string }): Promise<string> {
  const programs = await withLock(join(options.repository, '.toolchain', 'lock'), () => fetchNode(options.node, options));
  const program = join(import.meta.dirname, 'import-entries.mjs');
  await runQuietly([join(programs, 'node'), program, ...consumer.specifiers], { folder: consumer.folder });
  return `Node ${options.node}, ${consumer.specifiers.length} entries`;
}
