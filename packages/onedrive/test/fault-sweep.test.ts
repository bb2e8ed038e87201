import { describeFaultSweep } from '@spotdraft-archive/testkit';
import { personalHarness, workHarness } from './drive-harness.ts';

describeFaultSweep('oneDrive of a work account', () => workHarness());

describeFaultSweep('oneDrive of a personal account, in the folder of the app', () => personalHarness());
