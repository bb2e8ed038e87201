import PQueue from 'p-queue';
import type { Step, StepOutcome } from './step.ts';

export interface RunStepsOptions {
  /** How many steps run at once. */
  readonly concurrency: number;
  readonly print: (line: string) => void;
}

/**
 * Runs every step, a few at once, in the order of the list. Prints one line for each, with what went wrong below it. A step that failed stops
 * none of the others, except those that need it: they are left out.
 */
export async function runSteps(steps: readonly Step[], options: RunStepsOptions): Promise<ReadonlyMap<string, StepOutcome>> {
  const queue = new PQueue({ concurrency: options.concurrency });
  const outcomes = new Map<string, Promise<StepOutcome>>();
  for (const step of steps) {
    const needed = (step.needs ?? []).map((name) => neededOutcome(outcomes.get(name), { step: step.name, name }));
    outcomes.set(step.name, runAfter(needed, { step, queue, print: options.print }));
  }
  return new Map(await Promise.all([...outcomes].map(async ([name, outcome]) => [name, await outcome] as const)));
}

function neededOutcome(outcome: Promise<StepOutcome> | undefined, names: { readonly step: string; readonly name: string }) {
  if (outcome === undefined) throw new Error(`${names.step} needs ${names.name}, which is not an earlier step`);
  return outcome;
}

interface Run {
  readonly step: Step;
  readonly queue: PQueue;
  readonly print: (line: string) => void;
}

async function runAfter(needed: readonly Promise<StepOutcome>[], { step, queue, print }: Run): Promise<StepOutcome> {
  const before = await Promise.all(needed);
  if (before.every((outcome) => outcome === 'passed')) return await queue.add(() => runStep(step, print));
  print(`- ${step.name}: left out, it needs ${step.needs?.join(' and ')}`);
  return 'left out';
}

async function runStep(step: Step, print: (line: string) => void): Promise<StepOutcome> {
  const startedAt = performance.now();
  const seconds = () => `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
  try {
    const note = await step.run();
    print(`✓ ${step.name} (${seconds()})${note === undefined ? '' : `: ${note}`}`);
    return 'passed';
  } catch (error) {
    print(`✗ ${step.name} (${seconds()})\n${indented(error instanceof Error ? error.message : String(error))}`);
    return 'failed';
  }
}

function indented(text: string): string {
  return text.trimEnd().replaceAll(/^(?=.)/gm, '  ');
}
