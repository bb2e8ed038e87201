import { box } from '@spotdraft-archive/box';
import type { StorageDestination } from '@spotdraft-archive/core/destination';
import { dropbox } from '@spotdraft-archive/dropbox';
import { googleDrive } from '@spotdraft-archive/google-drive';
import type { BoxEmulator, DropboxEmulator, GoogleDriveEmulator } from '@spotdraft-archive/testkit';
import { fetchWithProcessId } from './process-header.ts';

/** What reaches emulated stores from another process. */
export interface StoreAddresses {
  readonly drive?: { readonly auth: string; readonly folderId: string; readonly baseUrl: string; readonly tokenUrl: string };
  readonly dropbox?: { readonly auth: string; readonly baseUrls: { readonly api: string; readonly content: string } };
  readonly box?: { readonly auth: string; readonly folderId: string; readonly baseUrl: string; readonly uploadUrl: string };
}

export interface StoreEmulators {
  readonly drive: GoogleDriveEmulator;
  readonly dropbox: DropboxEmulator;
  readonly box: BoxEmulator;
}

export function addressesOf({ drive, dropbox: { accessToken, urls }, box: boxStore }: StoreEmulators): Required<StoreAddresses> {
  return {
    drive: { auth: drive.accessToken, folderId: drive.folderId, baseUrl: drive.url, tokenUrl: drive.tokenUrl },
    dropbox: { auth: accessToken, baseUrls: urls },
    box: { auth: boxStore.accessToken, folderId: boxStore.folderId, baseUrl: boxStore.urls.api, uploadUrl: boxStore.urls.upload },
  };
}

/** Impatient, so that much happens in a few seconds. */
const options = { retry: { maxTries: 3, firstDelayMs: 5, maxDelayMs: 20, budgetMs: 2_000 }, fetch: fetchWithProcessId };

export function destinationsAt(addresses: StoreAddresses): Record<string, StorageDestination> {
  return {
    ...(addresses.drive && { drive: googleDrive({ ...addresses.drive, ...options }) }),
    ...(addresses.dropbox && { dropbox: dropbox({ ...addresses.dropbox, path: '/Contracts', ...options }) }),
    ...(addresses.box && { box: box({ ...addresses.box, ...options }) }),
  };
}
