import { expect, it, onTestFinished } from 'vitest';
import { problemsOf, runCrashTest, summaryOf } from './crash/run-crash-test.ts';
import { describeOnEngines } from './describe-on-engines.ts';

const seed = 7;
const seconds = 5;

describeOnEngines('two services whose processes are killed every second', (engine) => {
  it('archive every executed contract exactly once to three stores', { timeout: 150_000 }, async () => {
    const { options: database, drop } = await engine.create();
    onTestFinished(drop);
    const report = await runCrashTest({ database, seconds, seed });
    console.log(`${summaryOf(report)} (seed ${seed})`);
    expect(problemsOf(report)).toEqual([]);
    expect(report).toMatchObject({ copies: report.contracts * 3, duplicates: 0, lost: 0 });
    expect(Math.min(report.contracts, report.kills, report.faults)).toBeGreaterThan(0);
  });
});
