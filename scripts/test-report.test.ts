import { describe, expect, it } from 'vitest';
import { countTests, summaryLine, type VitestReport } from './test-report.ts';

const clean: VitestReport = {
  success: true,
  numPassedTests: 2,
  numFailedTests: 0,
  numPendingTests: 1,
  numTodoTests: 1,
  testResults: [{ status: 'passed', assertionResults: [{ status: 'passed' }, { status: 'passed' }] }],
};

describe('countTests', () => {
  it('counts what is to be done later as skipped', () => {
    expect(summaryLine(countTests(clean, { exitCode: 0 }))).toBe('2 passed, 0 failed, 2 skipped');
  });

  it('counts a file that could not be imported as one failed test', () => {
    const report = { ...clean, success: false, testResults: [...clean.testResults, { status: 'failed', assertionResults: [] }] };
    expect(countTests(report, { exitCode: 1 })).toMatchObject({ passed: 2, failed: 1 });
  });

  it('counts a file whose hook failed as one failed test', () => {
    const report = { ...clean, success: false, testResults: [{ status: 'failed', assertionResults: [{ status: 'skipped' }] }] };
    expect(countTests(report, { exitCode: 1 }).failed).toBe(1);
  });

  it('does not count a failed test again for its file', () => {
    const testResults = [{ status: 'failed', assertionResults: [{ status: 'passed' }, { status: 'failed' }] }];
    expect(countTests({ ...clean, success: false, numFailedTests: 1, testResults }, { exitCode: 1 }).failed).toBe(1);
  });

  it('counts an error outside of every test, which only the exit code tells', () => {
    expect(countTests(clean, { exitCode: 1 }).failed).toBe(1);
  });

  it('counts nothing when no test ran', () => {
    const none = { success: false, numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, testResults: [] };
    expect(summaryLine(countTests(none, { exitCode: 1 }))).toBe('0 passed, 0 failed, 0 skipped');
  });
});
