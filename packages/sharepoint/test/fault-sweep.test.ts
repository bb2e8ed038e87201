import { describeFaultSweep } from '@spotdraft-archive/testkit';
import { libraryHarness } from './library-harness.ts';

// Two pieces: a first and a last one.
describeFaultSweep('sharePoint', async () => ({ ...(await libraryHarness()), largeDocumentBytes: 350_000 }));
