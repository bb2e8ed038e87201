import { expect, it } from 'vitest';
import { selectSteps } from './select-steps.ts';
import type { Step } from './step.ts';

const step = (name: string, needs: readonly string[] = []): Step => ({ name, needs, run: () => undefined });
const steps = [step('build'), step('types'), step('pack', ['build']), step('size', ['pack'])];
const selected = (...names: string[]) => selectSteps(steps, names).map(({ name }) => name);

it('takes all steps when none is named', () => {
  expect(selected()).toEqual(['build', 'types', 'pack', 'size']);
});

it('takes the named steps with everything they need, in the order of the list', () => {
  expect(selected('size')).toEqual(['build', 'pack', 'size']);
  expect(selected('types', 'build')).toEqual(['build', 'types']);
});

it('names the steps there are when it is asked for another', () => {
  expect(() => selected('tests')).toThrow(/no step called tests.*build, types, pack, size/);
});
