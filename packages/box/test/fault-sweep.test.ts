import { describeFaultSweep } from '@spotdraft-archive/testkit';
import { boxHarness } from './box-harness.ts';

describeFaultSweep('box', () => boxHarness());
