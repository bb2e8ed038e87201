import { describeFaultSweep } from '@spotdraft-archive/testkit';
import { assertNoSessionLeft } from '../../microsoft-graph/test/assert-no-session-left.ts';
import { type DriveHarness, personalHarness, workHarness } from './drive-harness.ts';

const tidy = (harness: DriveHarness) => ({ ...harness, assertTidy: () => assertNoSessionLeft(harness.emulator) });

describeFaultSweep('oneDrive of a work account', async () => tidy(await workHarness()));

describeFaultSweep('oneDrive of a personal account, in the folder of the app', async () => tidy(await personalHarness()));
