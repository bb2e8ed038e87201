// Runs in the scratch consumer, under each Node that the packages promise: imports every entry named on the command line, requires it as
// CommonJS hosts do, and checks that both get the same thing. Plain JavaScript, because the oldest of those Nodes runs nothing else.

import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const here = pathToFileURL(join(process.cwd(), 'consumer.mjs'));
const require = createRequire(here);
const problems = [];

for (const specifier of process.argv.slice(2)) {
  try {
    const path = require.resolve(specifier);
    const imported = await import(pathToFileURL(path).href);
    const required = require(specifier);
    for (const name of Object.keys(imported)) {
      if (imported[name] !== required[name]) problems.push(`${specifier}: require() and import do not give the same ${name}`);
    }
  } catch (error) {
    problems.push(`${specifier}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

if (problems.length > 0) {
  console.error(problems.join('\n'));
  process.exitCode = 1;
}
