import { describeDestination } from '@spotdraft-archive/testkit';
import { driveHarness, smallPieces } from './drive-harness.ts';

describeDestination('google-drive, a folder in My Drive, locked copies with public properties', () =>
  driveHarness({ options: { ...smallPieces, readOnly: true, propertyVisibility: 'everyone', keepRevisionForever: true } }),
);

describeDestination('google-drive, a shared drive, with a used id refused at the end and pieces kept in part', () =>
  driveHarness({
    isSharedDrive: true,
    emulator: { usedIdRefusedAt: 'end', keptBytesPerPiece: 262_144 },
    options: { ...smallPieces, pieceBytes: 2 * 262_144 },
  }),
);
