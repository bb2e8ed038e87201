/** Something a case cannot do without. */
export interface Requirement<Harness> {
  /** Why the case is skipped when it is not met, as the end of a sentence. */
  readonly reason: string;
  isMet(harness: Harness): boolean;
}

/** One promise of the contract as data, so that any runner can run it. */
export interface ConformanceCase<Harness> {
  /** What holds, as a sentence. */
  readonly title: string;
  readonly needs?: readonly Requirement<Harness>[] | undefined;
  /** Rejects when the promise is broken; rejects with `NotApplicable` when it turns out not to apply. */
  run(harness: Harness): Promise<void>;
}

/** Thrown by a case that finds out while it runs that it does not apply. */
export class NotApplicable extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'NotApplicable';
  }
}

/** Why a case is skipped with this harness; `undefined` when it applies. */
export function skipReason<Harness>({ needs = [] }: ConformanceCase<Harness>, harness: Harness): string | undefined {
  return needs.find((requirement) => !requirement.isMet(harness))?.reason;
}
