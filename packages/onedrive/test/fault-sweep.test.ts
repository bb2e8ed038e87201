import { describeFaultSweep } from '@spotdraft-archive/testkit';
import { personalHarness, workHarness } from './drive-harness.ts';

// Two pieces: a first and a last one.
const largeDocumentBytes = 350_000;

describeFaultSweep('oneDrive of a work account', async () => ({ ...(await workHarness()), largeDocumentBytes }));

describeFaultSweep('oneDrive of a personal account, in the folder of the app', async () => ({
  ...(await personalHarness()),
  largeDocumentBytes,
}));
