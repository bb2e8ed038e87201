import { type DemoArguments, readArguments, usage } from './arguments.ts';
import { storeNames } from './destinations.ts';
import { Refusal } from './refusal.ts';
import { runDemo } from './run-demo.ts';

const [, , ...given] = process.argv;
process.exitCode = given.includes('--help') ? help() : await run(given);

function help(): number {
  console.log(usage(storeNames));
  return 0;
}

async function run(words: readonly string[]): Promise<number> {
  let parsed: DemoArguments;
  try {
    parsed = readArguments(words, storeNames);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    console.error(usage(storeNames));
    return 2;
  }
  try {
    return (await runDemo(parsed, console.log)) ? 0 : 1;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    console.error(error.message);
    return 2;
  }
}
