// `npm run check`: everything about the repository that a machine can judge without running the tests.
// `npm run check -- lint types` runs the named steps only, and what they need.

import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { runSteps } from './check/run-steps.ts';
import { selectSteps } from './check/select-steps.ts';
import { allSteps } from './check/steps.ts';

const startedAt = performance.now();
const steps = selectSteps(allSteps(join(import.meta.dirname, '..')), process.argv.slice(2));
const outcomes = await runSteps(steps, { concurrency: Math.min(4, availableParallelism()), print: console.log });
const count = (wanted: string) => [...outcomes.values()].filter((outcome) => outcome === wanted).length;
const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
console.log(`check: ${count('passed')} steps passed, ${count('failed')} failed, ${count('left out')} left out, in ${seconds} s`);
process.exitCode = count('passed') === steps.length ? 0 : 1;
