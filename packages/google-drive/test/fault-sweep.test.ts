import { describeFaultSweep } from '@spotdraft-archive/testkit';
import { driveHarness, smallPieces } from './drive-harness.ts';

describeFaultSweep('google-drive', () => driveHarness({ options: smallPieces }), {
  faults: {
    'is answered with 403 userRateLimitExceeded': { kind: 'status', status: 403 },
    // Drive keeps whole blocks of 256 KiB.
    'is cut in a body of which the store has read the beginning': { kind: 'cutRequest', afterBytes: 262_144, received: 'kept' },
  },
});
