import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runQuietly } from '../../toolchain/run-quietly.mjs';
import type { Consumer } from './consumer.ts';

const strictConsumer = {
  noEmit: true,
  strict: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: false,
  target: 'es2023',
  lib: ['es2023'],
  types: ['node'],
};

/**
 * Compiles a program that imports every entry, and with it every declaration that the entries reach, for Node and for bundlers. Throws an error
 * with the compiler's findings.
 */
export async function checkDeclarations({ folder, specifiers }: Consumer): Promise<string> {
  const program = specifiers.map((specifier, index) => `export * as entry${index} from '${specifier}';\n`).join('');
  writeFileSync(join(folder, 'consumer.ts'), program);
  for (const [module, moduleResolution] of [
    ['nodenext', 'nodenext'],
    ['esnext', 'bundler'],
  ] as const) {
    const project = join(folder, `tsconfig.${moduleResolution}.json`);
    const compilerOptions = { ...strictConsumer, module, moduleResolution };
    writeFileSync(project, JSON.stringify({ compilerOptions, files: ['consumer.ts'] }));
    await runQuietly(['tsc', '--pretty', 'false', '-p', project], { folder });
  }
  return `${specifiers.length} entries`;
}
