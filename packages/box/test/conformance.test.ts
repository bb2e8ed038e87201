import { describeDestination } from '@spotdraft-archive/testkit';
import { boxHarness } from './box-harness.ts';

describeDestination('box', () => boxHarness());

describeDestination('box with global properties, conflicts in an array, and commits that take their time', () =>
  boxHarness({ metadata: 'global-properties' }, { conflictForm: 'array', pendingCommits: 1, mismatchedCommits: 1 }),
);
