// `npm run crash -- --seconds 60 --seed 7`: the crash test on both databases. The last line counts both together; exits with 1 on any difference.

import { parseArgs } from 'node:util';
import { engines } from '../test-databases.ts';
import { type CrashReport, problemsOf, runCrashTest, summaryOf } from './run-crash-test.ts';

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '60' }, seed: { type: 'string', default: '7' } } });
const [seconds, seed] = [Number(values.seconds), Number(values.seed)];
if (!(seconds > 0) || !Number.isSafeInteger(seed))
  throw new Error('Pass --seconds and --seed as numbers: npm run crash -- --seconds 60 --seed 7');

const reports: CrashReport[] = [];
for (const engine of engines) {
  const { options: database, drop } = await engine.create();
  try {
    const report = await runCrashTest({ database, seconds, seed });
    reports.push(report);
    console.log(
      `${engine.name}, seed ${seed}: ${summaryOf(report)}; two processes alive ${Math.round(report.bothAlive * 100)} % of the time`,
    );
    for (const problem of problemsOf(report)) console.log(`  ${problem}`);
  } finally {
    await drop();
  }
}

const sum = (name: 'contracts' | 'copies' | 'duplicates' | 'lost' | 'kills' | 'faults'): number =>
  reports.reduce((total, report) => total + report[name], 0);
const [contracts, copies, duplicates] = [sum('contracts'), sum('copies'), sum('duplicates')];
console.log(summaryOf({ contracts, copies, duplicates, lost: sum('lost'), kills: sum('kills'), faults: sum('faults') }));
process.exitCode = reports.every((report) => problemsOf(report).length === 0) ? 0 : 1;
