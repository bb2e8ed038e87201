import { expect, it, onTestFinished } from 'vitest';
import { runCrashTest } from './crash/run-crash-test.ts';
import { describeOnEngines } from './describe-on-engines.ts';

const seed = Number(process.env.CRASH_SEED ?? 7);
const seconds = Number(process.env.CRASH_SECONDS ?? 3);

describeOnEngines('two services whose processes are killed at random moments', (engine) => {
  it('archive every executed contract exactly once', { timeout: (seconds + 60) * 1_000 }, async () => {
    const { options: database, drop } = await engine.create();
    onTestFinished(drop);
    const report = await runCrashTest({ database, seconds, seed });
    const { contracts, copies, duplicates, lost, kills, faults } = report;
    console.log(
      `contracts ${contracts}, copies ${copies}, duplicates ${duplicates}, lost ${lost}, kills ${kills}, faults ${faults} (seed ${seed})`,
    );
    expect(report).toMatchObject({ copies: contracts * 2, duplicates: 0, lost: 0, deadLetters: 0 });
    expect(Math.min(contracts, kills)).toBeGreaterThan(1);
  });
});
