import { describeFaultSweep } from '@spotdraft-archive/testkit';
import { boxHarness } from './box-harness.ts';

// Three parts, which travel at the same time.
describeFaultSweep('box', async () => ({ ...(await boxHarness({}, { partSizeBytes: 131_072 })), largeDocumentBytes: 300_000 }));
