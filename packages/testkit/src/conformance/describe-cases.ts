// oxlint-disable vitest/valid-title, vitest/no-conditional-tests, vitest/no-disabled-tests, vitest/expect-expect -- it registers tests and is none
import { describe, it } from 'vitest';
import { type ConformanceCase, skipReason } from './conformance-case.ts';
import { runCase } from './run-case.ts';

export interface DescribeCasesOptions<Harness> {
  readonly cases: readonly ConformanceCase<Harness>[];
  readonly factory: () => Harness | Promise<Harness>;
  /** Longest that one case may take, in milliseconds. */
  readonly timeoutMs: number;
}

interface Disposable {
  readonly cleanup?: (() => Promise<void> | void) | undefined;
}

/** Registers cases with vitest. One harness is made beforehand, to tell which cases apply; each case then gets its own. */
export function describeCases<Harness extends Disposable>(name: string, options: DescribeCasesOptions<Harness>): void {
  const { cases, factory, timeoutMs } = options;
  describe(name, async () => {
    const probe = await factory();
    await probe.cleanup?.();
    for (const each of cases) {
      const reason = skipReason(each, probe);
      if (reason !== undefined) {
        it.skip(`${each.title} (skipped: ${reason})`, () => {});
        continue;
      }
      it(each.title, { timeout: timeoutMs }, async (context) => {
        const result = await runCase(each, factory);
        if (result.outcome === 'failed') throw result.error;
        if (result.outcome === 'skipped') context.skip(result.reason);
      });
    }
  });
}
