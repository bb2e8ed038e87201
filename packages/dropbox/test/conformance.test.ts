import { describeDestination } from '@spotdraft-archive/testkit';
import { emulatedDropbox } from './emulated-dropbox.ts';

describeDestination('dropbox', () => emulatedDropbox({ emulator: { searchLagMs: 60_000 } }));
