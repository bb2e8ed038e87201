/** What vitest's JSON reporter writes, as far as we read it. */
export interface VitestReport {
  readonly success: boolean;
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly { readonly status: string }[] }[];
}

export interface TestCounts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/**
 * Counts tests so that nothing that went wrong counts as nothing: a file that failed without a failing test (it could not be imported,
 * a hook threw) is one failed test, and so is a run that failed for any other reason, an unhandled rejection for instance.
 */
export function countTests(report: VitestReport, options: { readonly exitCode: number }): TestCounts {
  const brokenFiles = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed'),
  ).length;
  const failed = report.numFailedTests + brokenFiles;
  const otherFailure = failed === 0 && report.testResults.length > 0 && (options.exitCode !== 0 || !report.success) ? 1 : 0;
  return { passed: report.numPassedTests, failed: failed + otherFailure, skipped: report.numPendingTests + report.numTodoTests };
}

/** The line that ends a test run: `12 passed, 0 failed, 3 skipped`. */
export function summaryLine(counts: TestCounts): string {
  return `${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`;
}
