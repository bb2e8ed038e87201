import { describeDestination } from '@spotdraft-archive/testkit';
import { personalHarness, workHarness } from './drive-harness.ts';

describeDestination('oneDrive of a work account', () => workHarness());

describeDestination('oneDrive of a personal account, in the folder of the app', () => personalHarness());
