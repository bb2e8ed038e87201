/** Numbers the steps of a run, so that a test can interrupt it at every single one. */
export interface Steps {
  take(): void;
  /** A function that takes a step before it begins and after it has ended. */
  around<Given extends unknown[], Result>(work: (...given: Given) => Promise<Result>): (...given: Given) => Promise<Result>;
  /** An object whose methods do so. */
  aroundMethods<Whole extends object>(whole: Whole): Whole;
}

export function countSteps(atStep: (number: number) => void): Steps {
  let number = 0;
  const take = (): void => {
    number += 1;
    atStep(number);
  };
  const around: Steps['around'] =
    (work) =>
    async (...given) => {
      take();
      const result = await work(...given);
      take();
      return result;
    };
  return {
    take,
    around,
    aroundMethods: (whole) => {
      const entries = Object.entries(whole).map(([name, value]) => [name, typeof value === 'function' ? around(value) : value]);
      return Object.fromEntries(entries);
    },
  };
}
