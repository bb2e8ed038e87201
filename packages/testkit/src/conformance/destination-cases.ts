import { abortCases } from './cases/abort-cases.ts';
import { capabilityCases } from './cases/capability-cases.ts';
import { checkCases } from './cases/check-cases.ts';
import { checkpointCases } from './cases/checkpoint-cases.ts';
import { concurrencyCases } from './cases/concurrency-cases.ts';
import { conflictCases } from './cases/conflict-cases.ts';
import { findCases } from './cases/find-cases.ts';
import { interruptionCases } from './cases/interruption-cases.ts';
import { nameCases } from './cases/name-cases.ts';
import { openCases } from './cases/open-cases.ts';
import { progressCases } from './cases/progress-cases.ts';
import { putCases } from './cases/put-cases.ts';
import { replaceCases } from './cases/replace-cases.ts';
import { sizeCases } from './cases/size-cases.ts';
import { sourceCases } from './cases/source-cases.ts';
import type { DestinationCase } from './destination-case.ts';

/** Every promise of a `StorageDestination`, as data: for runners other than vitest, and for checking the suite itself. */
export const destinationCases: readonly DestinationCase[] = [
  ...capabilityCases,
  ...checkCases,
  ...putCases,
  ...conflictCases,
  ...replaceCases,
  ...findCases,
  ...openCases,
  ...nameCases,
  ...sizeCases,
  ...concurrencyCases,
  ...checkpointCases,
  ...interruptionCases,
  ...abortCases,
  ...sourceCases,
  ...progressCases,
];
