import { describeDestination } from '@spotdraft-archive/testkit';
import { libraryHarness } from './library-harness.ts';

describeDestination('sharePoint', () => libraryHarness());
