import { describeDestination } from '@spotdraft-archive/testkit';
import { emulatedDropbox } from './emulated-dropbox.ts';

describeDestination('dropbox for an app with a folder of its own', () =>
  emulatedDropbox({ emulator: { access: 'app-folder' }, adapter: { access: 'app-folder' } }),
);
