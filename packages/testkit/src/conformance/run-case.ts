import { type ConformanceCase, NotApplicable, skipReason } from './conformance-case.ts';

export type CaseResult =
  | { readonly title: string; readonly outcome: 'passed' }
  | { readonly title: string; readonly outcome: 'skipped'; readonly reason: string }
  | { readonly title: string; readonly outcome: 'failed'; readonly error: unknown };

interface Disposable {
  readonly cleanup?: (() => Promise<void> | void) | undefined;
}

/** Runs one case on a fresh harness, without a test runner. Never rejects because of the case; a failing factory or cleanup does reject. */
export async function runCase<Harness extends Disposable>(
  conformanceCase: ConformanceCase<Harness>,
  factory: () => NoInfer<Harness> | Promise<NoInfer<Harness>>,
): Promise<CaseResult> {
  const { title } = conformanceCase;
  const harness = await factory();
  try {
    const reason = skipReason(conformanceCase, harness);
    if (reason !== undefined) return { title, outcome: 'skipped', reason };
    await conformanceCase.run(harness);
    return { title, outcome: 'passed' };
  } catch (error) {
    if (error instanceof NotApplicable) return { title, outcome: 'skipped', reason: error.message };
    return { title, outcome: 'failed', error };
  } finally {
    await harness.cleanup?.();
  }
}
