import { describeFaultSweep } from '@spotdraft-archive/testkit';
import { emulatedDropbox } from './emulated-dropbox.ts';

describeFaultSweep('dropbox', () => emulatedDropbox());
