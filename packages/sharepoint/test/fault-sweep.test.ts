import { describeFaultSweep } from '@spotdraft-archive/testkit';
import { assertNoSessionLeft } from '../../microsoft-graph/test/assert-no-session-left.ts';
import { libraryHarness } from './library-harness.ts';

describeFaultSweep('sharePoint', async () => {
  const harness = await libraryHarness();
  return { ...harness, assertTidy: () => assertNoSessionLeft(harness.emulator) };
});
