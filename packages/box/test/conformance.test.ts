import { describeDestination } from '@spotdraft-archive/testkit';
import { expect, it } from 'vitest';
import { boxHarness, description } from './box-harness.ts';

describeDestination('box', () => boxHarness());

describeDestination('box with global properties, conflicts in an array, and commits that take their time', () =>
  boxHarness({ metadata: 'global-properties' }, { conflictForm: 'array', pendingCommits: 2, mismatchedCommits: 1 }),
);

it.skipIf(description === undefined)(
  "exchanges nothing that Box's own description of its API does not know (needs ../shared/reference)",
  () => {
    expect(description?.differences).toEqual([]);
  },
);
