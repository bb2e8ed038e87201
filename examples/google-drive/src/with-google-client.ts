import type { drive_v3 as DriveV3 } from '@googleapis/drive';
import { type ArchiveResult, archiveContract, type SpotDraftClient } from '@spotdraft-archive/core';
import { googleDrive } from '@spotdraft-archive/google-drive';

export interface GoogleClientExample {
  readonly spotdraft: SpotDraftClient;
  /** The client that your back end has already: whatever Google's library signed in with. */
  readonly drive: DriveV3.Drive;
  readonly folderId: string;
  /** Leave it out; tests lead it to the emulator. */
  readonly baseUrl?: string | undefined;
}

/** Archives one contract as the Google client that a back end uses anyway. Uploads do not go through that client: it only gives the tokens. */
export async function archiveWithGoogleClient(contractId: string, example: GoogleClientExample): Promise<ArchiveResult> {
  const { spotdraft, drive, folderId, baseUrl } = example;
  return archiveContract(contractId, { spotdraft, destinations: { drive: googleDrive({ auth: drive, folderId, baseUrl }) } });
}
