import type { Step } from './step.ts';

/** The named steps and those that they need, in the order of the list; all steps when none is named. Throws for a name that there is not. */
export function selectSteps(steps: readonly Step[], names: readonly string[]): readonly Step[] {
  if (names.length === 0) return steps;
  const wanted = new Set<string>();
  const want = (name: string): void => {
    const step = steps.find((each) => each.name === name);
    if (step === undefined) throw new Error(`There is no step called ${name}. There are: ${steps.map((each) => each.name).join(', ')}`);
    wanted.add(name);
    for (const needed of step.needs ?? []) want(needed);
  };
  for (const name of names) want(name);
  return steps.filter((step) => wanted.has(step.name));
}
