import { sampleDocument } from '@spotdraft-archive/testkit';
import type { GoogleDriveAuth } from '../src/index.ts';
import { type DriveHarness, driveOn } from './drive-harness.ts';

/** What the tokens of this test are for. */
export const scopes = ['https://www.googleapis.com/auth/drive'];

/** A service account that is content manager of a shared drive. */
export function sharedDriveMember({ emulator }: DriveHarness) {
  const key = emulator.createServiceAccount();
  const members = { [key.client_email]: 'fileOrganizer', [emulator.account]: 'organizer' } as const;
  return { key, folderId: emulator.state.createSharedDrive('Contracts', members) };
}

/** Google's clients find the emulator through a `fetch` of their own. */
export function transporterOptions({ emulator }: DriveHarness) {
  return { fetchImplementation: emulator.fetch };
}

export interface ArchiveWith {
  readonly auth: GoogleDriveAuth;
  readonly folderId: string;
}

/** Puts three documents at once, then one after Google forgot its tokens. Answers how many tokens were asked for. */
export async function archiveWith({ emulator }: DriveHarness, { auth, folderId }: ArchiveWith): Promise<number> {
  const destination = driveOn(emulator, { auth, folderId });
  const before = emulator.requests.count({ origin: 'oauth' });
  await Promise.all([1, 2, 3].map(() => destination.put(sampleDocument(destination))));
  emulator.accounts.revokeTokens();
  await destination.put(sampleDocument(destination));
  return emulator.requests.count({ origin: 'oauth' }) - before;
}
