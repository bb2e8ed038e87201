import { describeFaultSweep } from '@spotdraft-archive/testkit';
import { libraryHarness } from './library-harness.ts';

describeFaultSweep('sharePoint', () => libraryHarness());
