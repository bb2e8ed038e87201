/** One check. */
export interface Step {
  readonly name: string;
  /** Steps that must have passed before; they stand earlier in the list. */
  readonly needs?: readonly string[];
  /** Resolves with a few words on what was checked. Rejects with an error whose message is what the reader has to see. */
  run(): Promise<string | undefined> | string | undefined;
}

/** How a step ended. */
export type StepOutcome = 'passed' | 'failed' | 'left out';
