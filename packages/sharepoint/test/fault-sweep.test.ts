import assert from 'node:assert/strict';
import { describeFaultSweep } from '@spotdraft-archive/testkit';
import { libraryHarness } from './library-harness.ts';

describeFaultSweep(
  'sharePoint',
  async () => {
    const harness = await libraryHarness();
    return { ...harness, assertTidy: () => assert.deepEqual(harness.emulator.state.sessions.open, [], 'A session is open.') };
  },
  // Whoever loses the address of a session has to wait until it has expired: sessions.test.ts.
  { isIrretrievable: ({ path }) => path.endsWith('/createUploadSession') },
);
